package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.ConnectedDevice;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.history.PairingEnd;
import dev.terminalcloud.pairing.history.PairingHistory;
import dev.terminalcloud.routes.DeviceRoute;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    public void notifyConnected(
            WriteTransaction transaction, Collection<ConnectedDevice> devices, Map<String, DeviceRoute> sessions) {
        PairingUpdate change = new PairingUpdate(transaction, sessions.keySet(), sessions);
        devices.forEach(change::tellPairing);
    }

    /**
     * Ends the pairing with that number. The device is notified after the confirmation.
     *
     * @param reason what the history of pairings shows
     * @return the new state of its register; absent, with nothing changed, if the number is not the device's newest or the
     *     device is not paired
     */
    public Uni<Optional<RegisterState>> unpair(
            WriteTransaction transaction, Device device, long pairingNumber, PairingEnd reason) {
        if (device.pairingNumber() != pairingNumber) {
            return Uni.createFrom().item(Optional.empty());
        }
        PairingUpdate change = new PairingUpdate(transaction, Set.of(device.id()), Map.of());
        return registers
                .pairedWith(transaction.session(), device.id())
                .map(register -> Optional.ofNullable(register).<RegisterState>map(paired -> {
                    device.nextPairingNumber();
                    return change.unpair(paired, device);
                }))
                .call(() -> history.recordEnd(transaction.session(), device.id(), reason));
    }

    /**
     * Notifies the devices whose unpairing is confirmed. A device that is paired again, or has a newer number for another
     * reason, has been notified already. The devices must be locked.
     *
     * @param routes the current sessions of those that have one
     */
    public Uni<Void> notifyUnpaired(
            WriteTransaction transaction, List<PairingConfirmed> confirmed, Map<String, DeviceRoute> routes) {
        Map<String, Long> numbers = confirmed.stream()
                .collect(Collectors.toMap(PairingConfirmed::deviceId, PairingConfirmed::pairingNumber, Math::max));
        PairingUpdate change = new PairingUpdate(transaction, numbers.keySet(), routes);
        return registers
                .unpairedDevices(transaction.session(), numbers.keySet())
                .invoke(devices -> devices.forEach((device, pairingNumber) -> {
                    if (pairingNumber.equals(numbers.get(device))) {
                        change.tellUnpaired(device, pairingNumber);
                    }
                }))
                .replaceWithVoid();
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
     * @return the new state of the register; absent, with nothing changed, if the previous device is not paired
     */
    public Uni<Optional<RegisterState>> handOver(
            WriteTransaction transaction,
            Device previous,
            Device replacement,
            String address,
            Map<String, DeviceRoute> routes) {
        PairingUpdate change = new PairingUpdate(transaction, Set.of(previous.id(), replacement.id()), routes);
        return registers
                .pairedWith(transaction.session(), previous.id())
                .chain(register -> register == null
                        ? Uni.createFrom().item(Optional.empty())
                        : recordedMove(transaction, change.handOver(register, previous, replacement), address));
    }

    private Uni<Optional<RegisterState>> recordedMove(
            WriteTransaction transaction, RegisterPaired moved, String address) {
        return history.recordReplacement(transaction.session(), moved, address).map(nothing -> Optional.of(moved));
    }
}
