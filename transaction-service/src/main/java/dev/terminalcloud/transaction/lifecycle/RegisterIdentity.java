package dev.terminalcloud.transaction.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.posapi.PosParameters;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** The till, as it names itself in each request. The three names are compared exactly. */
@Embeddable
public record RegisterIdentity(String vendorName, String businessName, String registerId) {
    public static final int MAX_NAME_LENGTH = 255;
    public static final int MAX_REGISTER_ID_LENGTH = 128;

    /**
     * Parses the three names.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 that names the parameter that is missing or too long
     */
    public static RegisterIdentity of(PosParameters parameters) {
        return new RegisterIdentity(
                parameters.required("POSVendorName", MAX_NAME_LENGTH),
                parameters.required("POSBusinessName", MAX_NAME_LENGTH),
                parameters.required("POSRegisterID", MAX_REGISTER_ID_LENGTH));
    }

    /**
     * Returns the id of the vendor's merchant, which is stable: the same for all of its registers, on every
     * installation (RFC 9562, version 3).
     */
    public UUID merchantId() {
        return UUID.nameUUIDFromBytes(
                EventCodec.jsonArray(vendorName, businessName).getBytes(UTF_8));
    }
}
