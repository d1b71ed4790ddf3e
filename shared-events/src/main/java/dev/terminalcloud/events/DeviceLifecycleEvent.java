package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What becomes of devices, for anybody who looks after them, topic {@link Topic#DEVICE_LIFECYCLE}, key: the device id.
 *
 * <p>Nothing in the house depends on it. {@code version} grows by one with each event of the device, so a reader drops
 * what it has seen and notices what it has missed; {@code ce_time} tells when. No secret is in it.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "type",
        visible = true,
        defaultImpl = DeviceLifecycleEvent.Unknown.class)
public sealed interface DeviceLifecycleEvent extends Event {

    /** A fact about one device. */
    sealed interface DeviceChange extends DeviceLifecycleEvent {
        String deviceId();

        long version();

        @Override
        default String key() {
            return deviceId();
        }
    }

    /** The device may connect: it is new, or was revoked before. A new secret alone is no event. */
    @JsonTypeName("lifecycle.admitted.v1")
    record DeviceAdmitted(String deviceId, long version) implements DeviceChange {}

    /** The device may not connect any more. Its pairing, if it has one, stays. */
    @JsonTypeName("lifecycle.revoked.v1")
    record DeviceRevoked(String deviceId, long version) implements DeviceChange {}

    /**
     * The device has that register from now on. The same pairing number again means that only the names have changed.
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
     * The device has lost that register.
     *
     * @param pairingNumber the device's number as of the unpairing, or as of its pairing with another register
     */
    @JsonTypeName("lifecycle.unpaired.v1")
    record DeviceUnpaired(String deviceId, long version, long pairingNumber, String vendorName, String registerId)
            implements DeviceChange {}

    /** The device has lost its register to another device. It is said instead of {@link DeviceUnpaired}. */
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
     * The device has a connection, after it had none. One that connects anew while its old connection is still open was
     * never offline.
     */
    @JsonTypeName("lifecycle.online.v1")
    record DeviceOnline(String deviceId, long version, String model, String firmware, DeviceStatus status)
            implements DeviceChange {}

    /** The device has no connection any more, or its connector has been silent for 20 seconds. */
    @JsonTypeName("lifecycle.offline.v1")
    record DeviceOffline(String deviceId, long version) implements DeviceChange {}

    /** An event that a newer build sent; readers count and ignore it. */
    record Unknown(String type) implements DeviceLifecycleEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("an unknown event is never sent: " + type);
        }
    }
}
