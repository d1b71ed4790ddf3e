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

    /**
     * Everything that the topic has to tell was published before this: Kafka had lost its data, and the registry was published again from the
     * database. The epochs of connectors are offsets, which begin again in a new Kafka, so from now on they begin with a number that no
     * connector has had.
     *
     * @param version grows by one with each publication
     * @param firstEpoch is added to the offset of a start mark
     */
    @JsonTypeName("registry.published.v1")
    record RegistryPublished(long version, long firstEpoch) implements DeviceRegistryEvent, VersionedEvent {
        @Override
        public String key() {
            return "registry";
        }
    }

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements DeviceRegistryEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
