package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * The newest pairing of each register, topic {@link Topic#PAIRING_EVENTS}, key: vendor and register id as a JSON array.
 *
 * <p>{@code version} orders the events of one register. {@code pairingNumber} orders the pairings of one device: a
 * pairing is valid only until an event names a greater number for the same device.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = PairingEvent.Unknown.class)
public sealed interface PairingEvent extends Event {

    /** The state of one register. */
    sealed interface RegisterState extends PairingEvent, VersionedEvent {
        String vendorName();

        String registerId();

        String deviceId();

        long pairingNumber();

        @Override
        default String key() {
            return EventCodec.jsonArray(vendorName(), registerId());
        }
    }

    /**
     * The register is paired with that device.
     *
     * @param pairingTokenHash the hash of the register's pairing token, as {@link DeviceSecretHash} writes it; null in the
     *     events of builds that did not publish it
     * @param callbackUrl where the register wants to be notified about the pairing and its device; null for nowhere
     */
    @JsonTypeName("register.paired.v1")
    record RegisterPaired(
            String vendorName,
            String registerId,
            long version,
            String businessName,
            String registerName,
            String deviceId,
            long pairingNumber,
            String pairingTokenHash,
            String callbackUrl)
            implements RegisterState {
        public RegisterPaired(
                String vendorName,
                String registerId,
                long version,
                String businessName,
                String registerName,
                String deviceId,
                long pairingNumber,
                String pairingTokenHash) {
            this(
                    vendorName,
                    registerId,
                    version,
                    businessName,
                    registerName,
                    deviceId,
                    pairingNumber,
                    pairingTokenHash,
                    null);
        }
    }

    /**
     * The register is no longer paired.
     *
     * @param deviceId the device that it was paired with
     * @param pairingNumber that device's number as of the unpairing, or as of its pairing with another register
     */
    @JsonTypeName("register.unpaired.v1")
    record RegisterUnpaired(String vendorName, String registerId, long version, String deviceId, long pairingNumber)
            implements RegisterState {}

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements PairingEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
