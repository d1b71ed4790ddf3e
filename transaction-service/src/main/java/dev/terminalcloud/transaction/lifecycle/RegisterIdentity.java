package dev.terminalcloud.transaction.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.EventCodec;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** The till, as it names itself in each request. The three names are compared exactly. */
@Embeddable
public record RegisterIdentity(String vendorName, String businessName, String registerId) {

    /**
     * Returns the id of the vendor's merchant, which is stable: the same for all of its registers, on every
     * installation (RFC 9562, version 3).
     */
    public UUID merchantId() {
        return UUID.nameUUIDFromBytes(
                EventCodec.jsonArray(vendorName, businessName).getBytes(UTF_8));
    }
}
