package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.posapi.PosParameters;
import jakarta.persistence.Embeddable;

/** Whom to ask about a register; each of them may be null. */
@Embeddable
record ContactDetails(
        String contactName, String address, String city, String state, String zipCode, String email, String phone) {
    private static final int LONGEST = 256;

    static ContactDetails of(PosParameters parameters) {
        return new ContactDetails(
                value(parameters, "Contact Name"),
                value(parameters, "Address"),
                value(parameters, "City"),
                value(parameters, "State"),
                value(parameters, "ZipCode"),
                value(parameters, "Email"),
                value(parameters, "Phone"));
    }

    private static String value(PosParameters parameters, String name) {
        return parameters.optional(name, LONGEST).orElse(null);
    }
}
