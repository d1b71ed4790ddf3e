package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.pairing.devices.Device;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;

/**
 * A till, and the device that it is paired with, if any.
 *
 * <p>Whoever changes a pairing holds the lock of its device, before and after the change. The version grows with each
 * event.
 */
@Entity
public class Register {
    @EmbeddedId
    private RegisterKey key;

    private String businessName;
    private String registerName;

    /** Kept for people. */
    @Embedded
    @SuppressWarnings("UnusedVariable")
    private ContactDetails contact;

    private String deviceId;

    @SuppressWarnings("UnusedVariable")
    private String pairingTokenHash;

    private long version;

    /** For Hibernate. */
    protected Register() {}

    /** Pairs it with the device, under the device's present number. */
    RegisterPaired pair(Device device, PairingAttempt claimant) {
        deviceId = device.id();
        take(claimant);
        return paired(device);
    }

    /** The same pairing said again, perhaps with other words: true if the device and others have to be told of them. */
    boolean repeat(PairingAttempt claimant) {
        PairingRequest request = claimant.request();
        boolean changed = !businessName.equals(request.businessName()) || !registerName.equals(request.registerName());
        take(claimant);
        return changed;
    }

    RegisterPaired paired(Device device) {
        version++;
        return new RegisterPaired(
                key.vendorName(),
                key.registerId(),
                version,
                businessName,
                registerName,
                device.id(),
                device.pairingNumber());
    }

    /** Pairs it with another device, under that device's present number. All else stays, its pairing token included. */
    RegisterPaired moveTo(Device replacement) {
        deviceId = replacement.id();
        return paired(replacement);
    }

    /** Ends its pairing, under the device's present number. */
    RegisterUnpaired unpair(Device device) {
        deviceId = null;
        pairingTokenHash = null;
        version++;
        return new RegisterUnpaired(key.vendorName(), key.registerId(), version, device.id(), device.pairingNumber());
    }

    private void take(PairingAttempt claimant) {
        PairingRequest request = claimant.request();
        businessName = request.businessName();
        registerName = request.registerName();
        contact = request.contact();
        pairingTokenHash = claimant.token().hash();
    }

    RegisterKey key() {
        return key;
    }

    String businessName() {
        return businessName;
    }

    String registerName() {
        return registerName;
    }

    /** Null if it is not paired. */
    String deviceId() {
        return deviceId;
    }
}
