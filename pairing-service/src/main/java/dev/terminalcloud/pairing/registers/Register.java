package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.pairing.devices.Device;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.util.Objects;
import java.util.Optional;

/**
 * A till, and the device that it is paired with, if any.
 *
 * <p>A transaction that changes a pairing must hold the locks of the device before and of the device after the change. The
 * version grows with each event.
 */
@Entity
public class Register {
    @EmbeddedId
    private RegisterKey key;

    private String businessName;
    private String registerName;

    @Embedded
    private ContactDetails contact;

    private String deviceId;

    private String pairingTokenHash;

    /** Where the register wants to be notified; null for nowhere. */
    private String callbackUrl;

    private long version;

    /** For Hibernate. */
    protected Register() {}

    /** Pairs it with the device, under the device's current pairing number. */
    RegisterPaired pair(Device device, PairingAttempt claimant) {
        deviceId = device.id();
        take(claimant);
        return paired(device);
    }

    /** Returns true if the request has the same names and texts as the one that paired it. */
    boolean isPairedBy(PairingRequest request) {
        return businessName.equals(request.businessName())
                && registerName.equals(request.registerName())
                && Objects.equals(callbackUrl, request.callbackUrl())
                && Optional.ofNullable(contact).orElse(ContactDetails.NONE).equals(request.contact());
    }

    /** Applies a repeated claim: only the pairing token changes. */
    RegisterPaired repeat(Device device, PairingAttempt claimant) {
        take(claimant);
        return paired(device);
    }

    /** Returns its state with the next version. */
    private RegisterPaired paired(Device device) {
        version++;
        return new RegisterPaired(
                key.vendorName(),
                key.registerId(),
                version,
                businessName,
                registerName,
                device.id(),
                device.pairingNumber(),
                pairingTokenHash,
                callbackUrl);
    }

    /** Pairs it with another device, under that device's current pairing number. All else stays, even the pairing token and the callback URL. */
    RegisterPaired moveTo(Device replacement) {
        deviceId = replacement.id();
        return paired(replacement);
    }

    /** Ends its pairing, under the device's current pairing number. */
    RegisterUnpaired unpair(Device device) {
        deviceId = null;
        pairingTokenHash = null;
        callbackUrl = null;
        version++;
        return new RegisterUnpaired(key.vendorName(), key.registerId(), version, device.id(), device.pairingNumber());
    }

    private void take(PairingAttempt claimant) {
        PairingRequest request = claimant.request();
        businessName = request.businessName();
        registerName = request.registerName();
        contact = request.contact();
        callbackUrl = request.callbackUrl();
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
