package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.history.PairingEnd;
import dev.terminalcloud.pairing.history.PairingHistory;
import dev.terminalcloud.routes.DeviceRoute;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Operations on the pairing of a device, whose lock the caller must hold. */
@ApplicationScoped
public class DevicePairing {
    private final RegisterRepository registers;
    private final PairingHistory history;

    DevicePairing(RegisterRepository registers, PairingHistory history) {
        this.registers = registers;
        this.history = history;
    }

    /**
     * Tells devices which register they are paired with.
     *
     * @param sessions the sessions to which the commands go, by device
     */
    public Uni<Void> notifyDevices(
            WriteTransaction transaction, Collection<Device> devices, Map<String, DeviceRoute> sessions) {
        if (devices.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        PairingUpdate change = new PairingUpdate(transaction, sessions.keySet(), sessions);
        return registers
                .pairedWith(
                        transaction.session(), devices.stream().map(Device::id).toList())
                .invoke(paired -> devices.forEach(device -> notifyDevices(change, device, paired.get(device.id()))))
                .replaceWithVoid();
    }

    private static void notifyDevices(PairingUpdate change, Device device, Register register) {
        if (register == null) {
            change.tellUnpaired(device);
        } else {
            change.tellPaired(register, device);
        }
    }

    /**
     * Ends the pairing with that number and notifies both sides.
     *
     * @param reason what the history of pairings shows
     * @param route the device's current session
     * @return false, with nothing changed, if the number is not the device's newest or the device is not paired
     */
    public Uni<Boolean> unpair(
            WriteTransaction transaction,
            Device device,
            long pairingNumber,
            PairingEnd reason,
            Optional<DeviceRoute> route) {
        if (device.pairingNumber() != pairingNumber) {
            return Uni.createFrom().item(false);
        }
        Map<String, DeviceRoute> routes =
                route.map(current -> Map.of(device.id(), current)).orElseGet(Map::of);
        PairingUpdate change = new PairingUpdate(transaction, Set.of(device.id()), routes);
        return registers
                .pairedWith(transaction.session(), device.id())
                .map(register -> register != null && unpair(change, register, device))
                .call(() -> history.recordEnd(transaction.session(), device.id(), reason));
    }

    /** Returns the register that the device is paired with. */
    public Uni<Optional<RegisterKey>> registerOf(Mutiny.Session session, String deviceId) {
        return registers.pairedWith(session, deviceId).map(register -> Optional.ofNullable(register)
                .map(Register::key));
    }

    /**
     * Hands the register of one device over to another, which has none, and notifies all sides. Both devices must be
     * locked.
     *
     * @param address the client address of the operator
     * @param routes the current sessions of those of the two that have one
     * @return the register; absent, with nothing changed, if the previous device is not paired
     */
    public Uni<Optional<RegisterKey>> handOver(
            WriteTransaction transaction,
            Device previous,
            Device replacement,
            String address,
            Map<String, DeviceRoute> routes) {
        PairingUpdate change = new PairingUpdate(transaction, Set.of(previous.id(), replacement.id()), routes);
        return registers
                .pairedWith(transaction.session(), previous.id())
                .chain(register -> register == null
                        ? Uni.createFrom().item(Optional.<RegisterKey>empty())
                        : history.recordReplacement(
                                        transaction.session(),
                                        change.handOver(register, previous, replacement),
                                        address)
                                .map(nothing -> Optional.of(register.key())));
    }

    private static boolean unpair(PairingUpdate change, Register register, Device device) {
        device.nextPairingNumber();
        change.unpair(register, device);
        change.tellUnpaired(device);
        return true;
    }
}
