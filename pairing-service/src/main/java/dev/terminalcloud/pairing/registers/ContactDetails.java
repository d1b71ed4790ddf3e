package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.posapi.PosParameters;
import jakarta.persistence.Embeddable;
import java.util.List;

/** Contact person for a register; each component may be null. */
@Embeddable
record ContactDetails(
        String contactName, String address, String city, String state, String zipCode, String email, String phone) {
    static final int MAX_LENGTH = 256;
    static final ContactDetails NONE = new ContactDetails(null, null, null, null, null, null, null);

    /** In the order of the components. */
    static final List<String> PARAMETERS =
            List.of("Contact Name", "Address", "City", "State", "ZipCode", "Email", "Phone");

    static ContactDetails of(PosParameters parameters) {
        return new ContactDetails(
                value(parameters, PARAMETERS.get(0)),
                value(parameters, PARAMETERS.get(1)),
                value(parameters, PARAMETERS.get(2)),
                value(parameters, PARAMETERS.get(3)),
                value(parameters, PARAMETERS.get(4)),
                value(parameters, PARAMETERS.get(5)),
                value(parameters, PARAMETERS.get(6)));
    }

    private static String value(PosParameters parameters, String name) {
        return parameters.optional(name, MAX_LENGTH).orElse(null);
    }
}
