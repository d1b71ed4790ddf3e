package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.terminalcloud.events.PairingEvent.RegisterState;

/**
 * Messages of transaction-service to pairing-service: confirmations of pairings, and requests to end them. Topic
 * {@link Topic#PAIRING_CONFIRMATIONS}, key: vendor and register id as a JSON array, as on {@link Topic#PAIRING_EVENTS}.
 *
 * <p>A pairing and its end count from their confirmation on: registers, operators and devices get the result only then.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "type",
        visible = true,
        defaultImpl = PairingConfirmation.Unknown.class)
public sealed interface PairingConfirmation extends Event {

    /**
     * Each start from now on, at any replica of transaction-service, goes by this state of the register or by a newer one,
     * and no claim is granted any longer under a pairing that the state has ended. May be repeated, and late.
     *
     * @param version of the {@link RegisterState}, and so are the other members
     */
    @JsonTypeName("pairing.confirmed.v1")
    record PairingConfirmed(String vendorName, String registerId, long version, String deviceId, long pairingNumber)
            implements PairingConfirmation {

        public static PairingConfirmed of(RegisterState state) {
            return new PairingConfirmed(
                    state.vendorName(), state.registerId(), state.version(), state.deviceId(), state.pairingNumber());
        }

        @Override
        public String key() {
            return EventCodec.jsonArray(vendorName, registerId);
        }
    }

    /**
     * The register wants to end this pairing. No transaction of it runs, and none starts under it any longer. May be
     * repeated, and late: it changes nothing if the number is not the device's newest.
     */
    @JsonTypeName("pairing.unpair-requested.v1")
    record RegisterUnpairRequested(String vendorName, String registerId, String deviceId, long pairingNumber)
            implements PairingConfirmation {
        @Override
        public String key() {
            return EventCodec.jsonArray(vendorName, registerId);
        }
    }

    /** An event that a newer build sent; readers count and ignore it. */
    record Unknown(String type) implements PairingConfirmation {
        @Override
        public String key() {
            throw new UnsupportedOperationException("an unknown event is never sent: " + type);
        }
    }
}
