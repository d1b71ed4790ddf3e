package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.routes.Route;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pairing as seen from its device, which must be locked. */
@ApplicationScoped
public class DevicePairing {
    private final Registers registers;

    DevicePairing(Registers registers) {
        this.registers = registers;
    }

    /** Tells a session of the device what it is paired with. */
    public Uni<Void> tell(WriteTransaction transaction, Device device, Route session) {
        PairingChange change = new PairingChange(transaction, Set.of(device.id()), Map.of(device.id(), session));
        return registers
                .pairedWith(transaction.session(), device.id())
                .invoke(register -> {
                    if (register == null) {
                        change.tellUnpaired(device);
                    } else {
                        change.tellPaired(register, device);
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Ends the pairing of that number and tells both sides.
     *
     * @param route the device's current session
     * @return false, and nothing has changed, if the number is not the device's newest or it is not paired
     */
    public Uni<Boolean> end(WriteTransaction transaction, Device device, long pairingNumber, Optional<Route> route) {
        if (device.pairingNumber() != pairingNumber) {
            return Uni.createFrom().item(false);
        }
        Map<String, Route> routes =
                route.map(current -> Map.of(device.id(), current)).orElseGet(Map::of);
        PairingChange change = new PairingChange(transaction, Set.of(device.id()), routes);
        return registers
                .pairedWith(transaction.session(), device.id())
                .map(register -> register != null && end(change, register, device));
    }

    private static boolean end(PairingChange change, Register register, Device device) {
        device.nextPairingNumber();
        change.separate(register, device);
        change.tellUnpaired(device);
        return true;
    }
}
