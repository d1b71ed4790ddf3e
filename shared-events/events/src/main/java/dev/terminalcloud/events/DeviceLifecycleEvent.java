package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Lifecycle changes of devices, for external consumers, topic {@link Topic#DEVICE_LIFECYCLE}, key: the device id.
 *
 * <p>No service of this system reads it. {@code version} grows by one with each event of the device, so a reader can drop
 * repeated events and detect missed ones; {@code ce_time} is the time of the change. The events contain no secret.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "type",
        visible = true,
        defaultImpl = DeviceLifecycleEvent.Unknown.class)
public sealed interface DeviceLifecycleEvent extends Event {

    /** A change of one device. */
    sealed interface DeviceChange extends DeviceLifecycleEvent {
        String deviceId();

        long version();

        @Override
        default String key() {
            return deviceId();
        }
    }

    /** The device may connect: it is new, or was revoked before. A new secret alone is not an event. */
    @JsonTypeName("lifecycle.admitted.v1")
    record DeviceAdmitted(String deviceId, long version) implements DeviceChange {}

    /** The device may no longer connect. Its pairing, if it has one, stays. */
    @JsonTypeName("lifecycle.revoked.v1")
    record DeviceRevoked(String deviceId, long version) implements DeviceChange {}

    /**
     * The device is paired with that register from now on. A repeated pairing number means that only the names have changed.
     *
     * @param replacedDeviceId the device that it took the register over from; null if it was paired by a code
     */
    @JsonTypeName("lifecycle.paired.v1")
    record DevicePaired(
            String deviceId,
            long version,
            long pairingNumber,
            String vendorName,
            String registerId,
            String businessName,
            String registerName,
            String replacedDeviceId)
            implements DeviceChange {}

    /**
     * The device is no longer paired with that register.
     *
     * @param pairingNumber the device's number as of the unpairing, or as of its pairing with another register
     */
    @JsonTypeName("lifecycle.unpaired.v1")
    record DeviceUnpaired(String deviceId, long version, long pairingNumber, String vendorName, String registerId)
            implements DeviceChange {}

    /** Another device has taken over the register of this device. Published instead of {@link DeviceUnpaired}. */
    @JsonTypeName("lifecycle.replaced.v1")
    record DeviceReplaced(
            String deviceId,
            long version,
            long pairingNumber,
            String vendorName,
            String registerId,
            String replacementDeviceId)
            implements DeviceChange {}

    /**
     * The device came online: it had no connection before. A device that reconnects while its old connection is still open
     * was never offline.
     */
    @JsonTypeName("lifecycle.online.v1")
    record DeviceOnline(String deviceId, long version, String model, String firmware, DeviceStatus status)
            implements DeviceChange {}

    /** The device went offline: its last connection has ended, or its connector has sent no heartbeat for 20 seconds. */
    @JsonTypeName("lifecycle.offline.v1")
    record DeviceOffline(String deviceId, long version) implements DeviceChange {}

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements DeviceLifecycleEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
