package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Devices that may connect, with the hashes of their secrets, topic {@link Topic#DEVICE_REGISTRY}, key: the device id.
 *
 * <p>Every connector reads the topic to its end before it accepts devices.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "type",
        visible = true,
        defaultImpl = DeviceRegistryEvent.Unknown.class)
public sealed interface DeviceRegistryEvent extends Event {

    /** The state of one device. */
    sealed interface DeviceState extends DeviceRegistryEvent, VersionedEvent {
        String deviceId();

        @Override
        default String key() {
            return deviceId();
        }
    }

    /**
     * The device may connect.
     *
     * @param secretHash see {@link DeviceSecretHash}
     */
    @JsonTypeName("device.registered.v1")
    record DeviceRegistered(String deviceId, long version, String secretHash) implements DeviceState {}

    /** The device may no longer connect; the connector closes its open connection. */
    @JsonTypeName("device.revoked.v1")
    record DeviceRevoked(String deviceId, long version) implements DeviceState {}

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements DeviceRegistryEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
