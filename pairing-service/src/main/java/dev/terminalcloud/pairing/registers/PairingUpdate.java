package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DevicePaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceReplaced;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceUnpaired;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.routes.DeviceRoute;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Changes of pairings in one transaction, which holds the locks of their devices. All sides are told: the registers' side
 * by events, the devices by commands to their current sessions, if they have one.
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

    /** The register has this device from now on; neither has another partner any more. */
    void pair(Register register, Device device, PairingAttempt claimant) {
        publish(register.pair(device, claimant), device, null);
        tellPaired(register, device);
    }

    /** The same claim again: the pairing stays what it is, unless the names have changed. */
    void refresh(Register register, Device device, PairingAttempt claimant) {
        if (register.repeat(claimant)) {
            publish(register.paired(device), device, null);
            tellPaired(register, device);
        }
    }

    /** The register loses the device, whose number has grown for the reason of that. */
    void unpair(Register register, Device device) {
        transaction.append(Topic.PAIRING_EVENTS, register.unpair(device));
        publishUnpaired(register.key(), device);
    }

    /** The device loses the register, which is about to have another. */
    void detach(Register register, Device previous) {
        previous.nextPairingNumber();
        publishUnpaired(register.key(), previous);
        tellUnpaired(previous);
    }

    /** The replacement gets the register of the former device, and both get a new number. */
    void handOver(Register register, Device previous, Device replacement) {
        previous.nextPairingNumber();
        replacement.nextPairingNumber();
        publish(register.moveTo(replacement), replacement, previous.id());
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
    }

    private void publish(RegisterPaired paired, Device device, String replacedDeviceId) {
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

    void tellPaired(Register register, Device device) {
        DeviceRoute route = routes.get(device.id());
        if (route != null) {
            TellPaired command = new TellPaired(
                    device.id(),
                    route.sessionId(),
                    device.pairingNumber(),
                    register.businessName(),
                    register.registerName());
            transaction.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), command);
        }
    }

    void tellUnpaired(Device device) {
        DeviceRoute route = routes.get(device.id());
        if (route != null) {
            TellUnpaired command = new TellUnpaired(device.id(), route.sessionId(), device.pairingNumber());
            transaction.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), command);
        }
    }
}
