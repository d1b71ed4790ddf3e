package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceSecretHash;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A payment terminal that may connect, or may not any more.
 *
 * <p>Whoever changes a device holds the lock of {@link dev.terminalcloud.routes.DeviceRoutes}.
 */
@Entity
public class Device {
    private static final Pattern ID = Pattern.compile("[0-9]{4,14}");

    @Id
    private String deviceId;

    private String secretHash;
    private long version;
    private Instant revokedAt;
    private long pairingNumber;
    private long lifecycleVersion;

    /** For Hibernate. */
    protected Device() {}

    public Device(String deviceId, String secret) {
        if (!isValidId(deviceId)) {
            throw new IllegalArgumentException("a device id has 4 to 14 decimal digits: " + deviceId);
        }
        this.deviceId = deviceId;
        this.secretHash = DeviceSecretHash.of(secret);
        this.version = 1;
    }

    public static boolean isValidId(String text) {
        return ID.matcher(text).matches();
    }

    /** Lets it connect with this secret, from now on with no other. False if that is so already. */
    public boolean register(String secret) {
        if (!isRevoked() && DeviceSecretHash.matches(secret, secretHash)) {
            return false;
        }
        secretHash = DeviceSecretHash.of(secret);
        revokedAt = null;
        version++;
        return true;
    }

    public DeviceRegistered toRegistered() {
        return new DeviceRegistered(deviceId, version, secretHash);
    }

    /** Lets it connect no more. False if that is so already. */
    public boolean revoke(Instant now) {
        if (isRevoked()) {
            return false;
        }
        revokedAt = now;
        version++;
        return true;
    }

    public DeviceRevoked toRevoked() {
        return new DeviceRevoked(deviceId, version);
    }

    public String id() {
        return deviceId;
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }

    /** The number of its newest pairing or unpairing; 0 if there never was one. */
    public long pairingNumber() {
        return pairingNumber;
    }

    /** Counts a pairing or an unpairing and returns its number. */
    public long nextPairingNumber() {
        return ++pairingNumber;
    }

    /** Counts an event of {@link dev.terminalcloud.events.Topic#DEVICE_LIFECYCLE} and returns its version. */
    public long nextLifecycleVersion() {
        return ++lifecycleVersion;
    }
}
