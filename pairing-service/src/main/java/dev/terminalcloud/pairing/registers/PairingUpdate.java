package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DevicePaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceReplaced;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceUnpaired;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.ConnectedDevice;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.routes.DeviceRoute;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Changes of pairings in one database transaction, which holds the locks of their devices. Each change is published as an
 * event, and sent to the devices as a command to their current session, if they have one. A device whose
 * pairing ends without a new one is notified after the confirmation: see {@link DevicePairing#notifyUnpaired}.
 */
final class PairingUpdate {
    private final WriteTransaction transaction;
    private final Set<String> lockedDevices;
    private final Map<String, DeviceRoute> routes;

    /** @param routes the current sessions of those locked devices that have one */
    PairingUpdate(WriteTransaction transaction, Set<String> lockedDevices, Map<String, DeviceRoute> routes) {
        this.transaction = transaction;
        this.lockedDevices = lockedDevices;
        this.routes = routes;
    }

    boolean hasLocked(String deviceId) {
        return lockedDevices.contains(deviceId);
    }

    Mutiny.Session session() {
        return transaction.session();
    }

    /** Pairs the register with the device, after both have been detached from their previous partners. */
    RegisterPaired pair(Register register, Device device, PairingAttempt claimant) {
        RegisterPaired paired = publish(register.pair(device, claimant), device, null);
        tellPaired(register, device);
        return paired;
    }

    /** Applies a repeated claim: the pairing stays as it is, with a new token. */
    RegisterPaired repeat(Register register, Device device, PairingAttempt claimant) {
        RegisterPaired paired = register.repeat(device, claimant);
        transaction.append(Topic.PAIRING_EVENTS, paired);
        return paired;
    }

    /** Takes the device from the register; the device's pairing number has been incremented already. */
    RegisterUnpaired unpair(Register register, Device device) {
        RegisterUnpaired unpaired = register.unpair(device);
        transaction.append(Topic.PAIRING_EVENTS, unpaired);
        publishUnpaired(register.key(), device);
        return unpaired;
    }

    /** Takes the register from the previous device; the caller then pairs the register with another one. */
    void detach(Register register, Device previous) {
        previous.nextPairingNumber();
        publishUnpaired(register.key(), previous);
        tellUnpaired(previous);
    }

    /** Moves the register from the previous device to the replacement; both get a new pairing number. */
    RegisterPaired handOver(Register register, Device previous, Device replacement) {
        previous.nextPairingNumber();
        replacement.nextPairingNumber();
        RegisterPaired moved = publish(register.moveTo(replacement), replacement, previous.id());
        transaction.append(
                Topic.DEVICE_LIFECYCLE,
                new DeviceReplaced(
                        previous.id(),
                        previous.nextLifecycleVersion(),
                        previous.pairingNumber(),
                        register.key().vendorName(),
                        register.key().registerId(),
                        replacement.id()));
        tellPaired(register, replacement);
        tellUnpaired(previous);
        return moved;
    }

    private RegisterPaired publish(RegisterPaired paired, Device device, String replacedDeviceId) {
        transaction.append(Topic.PAIRING_EVENTS, paired);
        transaction.append(
                Topic.DEVICE_LIFECYCLE,
                new DevicePaired(
                        device.id(),
                        device.nextLifecycleVersion(),
                        paired.pairingNumber(),
                        paired.vendorName(),
                        paired.registerId(),
                        paired.businessName(),
                        paired.registerName(),
                        replacedDeviceId));
        return paired;
    }

    private void publishUnpaired(RegisterKey register, Device device) {
        transaction.append(
                Topic.DEVICE_LIFECYCLE,
                new DeviceUnpaired(
                        device.id(),
                        device.nextLifecycleVersion(),
                        device.pairingNumber(),
                        register.vendorName(),
                        register.registerId()));
    }

    /** Tells a device that has connected. */
    void tellPairing(ConnectedDevice device) {
        if (device.isPaired()) {
            tellPaired(device.id(), device.pairingNumber(), device.businessName(), device.registerName());
        } else {
            tellUnpaired(device.id(), device.pairingNumber());
        }
    }

    void tellPaired(Register register, Device device) {
        tellPaired(device.id(), device.pairingNumber(), register.businessName(), register.registerName());
    }

    void tellUnpaired(Device device) {
        tellUnpaired(device.id(), device.pairingNumber());
    }

    private void tellPaired(String deviceId, long pairingNumber, String businessName, String registerName) {
        DeviceRoute route = routes.get(deviceId);
        if (route != null) {
            TellPaired command = new TellPaired(deviceId, route.sessionId(), pairingNumber, businessName, registerName);
            transaction.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), command);
        }
    }

    void tellUnpaired(String deviceId, long pairingNumber) {
        DeviceRoute route = routes.get(deviceId);
        if (route != null) {
            TellUnpaired command = new TellUnpaired(deviceId, route.sessionId(), pairingNumber);
            transaction.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), command);
        }
    }
}
