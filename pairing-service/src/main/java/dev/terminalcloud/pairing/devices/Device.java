package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceSecretHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.annotations.ColumnTransformer;

/**
 * A payment terminal that may connect, or that is revoked.
 *
 * <p>A transaction that changes a device must hold its lock, from {@link dev.terminalcloud.routes.DeviceRoutes}.
 */
@Entity
public class Device {
    private static final Pattern ID = Pattern.compile("[0-9]{4,14}");

    @Id
    private String deviceId;

    private String secretHash;
    private long version;

    /**
     * The database dates it when it writes it, since the transaction may have waited for the device's lock; while it is revoked the time
     * stays.
     */
    @Column(name = "revoked_at", insertable = false)
    @ColumnTransformer(
            read = "revoked_at is not null",
            write = "case when ? then coalesce(revoked_at, clock_timestamp()) end")
    private boolean revoked;

    /** Null if it has none. */
    private String owner;

    private long pairingNumber;
    private long lifecycleVersion;

    /** For Hibernate. */
    protected Device() {}

    public Device(String deviceId, String secret) {
        if (!isValidId(deviceId)) {
            throw new IllegalArgumentException("Device id must have 4 to 14 decimal digits, was " + deviceId);
        }
        this.deviceId = deviceId;
        this.secretHash = DeviceSecretHash.of(secret);
        this.version = 1;
    }

    public static boolean isValidId(String text) {
        return ID.matcher(text).matches();
    }

    /** Allows it to connect with this secret, and with no other. Returns false if that is so already. */
    public boolean register(String secret) {
        if (!revoked && DeviceSecretHash.matches(secret, secretHash)) {
            return false;
        }
        secretHash = DeviceSecretHash.of(secret);
        revoked = false;
        version++;
        return true;
    }

    public DeviceRegistered toRegistered() {
        return new DeviceRegistered(deviceId, version, secretHash);
    }

    /** Forbids it to connect. Returns false if it is revoked already. */
    public boolean revoke() {
        if (revoked) {
            return false;
        }
        revoked = true;
        version++;
        return true;
    }

    public DeviceRevoked toRevoked() {
        return new DeviceRevoked(deviceId, version);
    }

    /**
     * Sets its owner.
     *
     * @param newOwner null for none
     * @return false if that is its owner already
     */
    public boolean changeOwner(String newOwner) {
        if (Objects.equals(owner, newOwner)) {
            return false;
        }
        owner = newOwner;
        return true;
    }

    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns true if a register may move between the two. Devices without an owner are one owner together. */
    public boolean hasSameOwnerAs(Device other) {
        return Objects.equals(owner, other.owner);
    }

    public String id() {
        return deviceId;
    }

    public boolean isRevoked() {
        return revoked;
    }

    /** Returns the number of its newest pairing or unpairing; 0 if it was never paired. */
    public long pairingNumber() {
        return pairingNumber;
    }

    /** Increments the pairing number for a pairing or an unpairing, and returns it. */
    public long nextPairingNumber() {
        return ++pairingNumber;
    }

    /** Increments the version for an event of {@link dev.terminalcloud.events.Topic#DEVICE_LIFECYCLE}, and returns it. */
    public long nextLifecycleVersion() {
        return ++lifecycleVersion;
    }
}
