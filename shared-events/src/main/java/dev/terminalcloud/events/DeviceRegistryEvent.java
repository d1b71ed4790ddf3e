package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Which devices may connect and how they prove who they are, topic {@link Topic#DEVICE_REGISTRY}, key: the device id.
 *
 * <p>Every connector reads the topic to its end before it lets devices in.
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

    /** The device may not connect any more; a live connection of it is closed. */
    @JsonTypeName("device.revoked.v1")
    record DeviceRevoked(String deviceId, long version) implements DeviceState {}

    /** An event that a newer build sent; readers count and ignore it. */
    record Unknown(String type) implements DeviceRegistryEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("an unknown event is never sent: " + type);
        }
    }
}
