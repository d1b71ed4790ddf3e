package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.history.PairingHistory;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The pairing of a register and a device that may both have other partners: these pairings end. All rows are locked by the
 * caller.
 */
@ApplicationScoped
class RegisterTransfer {
    /** @param move absent if the register had no other device */
    record Result(RegisterPaired paired, Optional<RegisterMove> move) {}

    private final RegisterRepository registers;
    private final PairingHistory history;
    private final PairingMetrics metrics;

    RegisterTransfer(RegisterRepository registers, PairingHistory history, PairingMetrics metrics) {
        this.registers = registers;
        this.history = history;
        this.metrics = metrics;
    }

    /**
     * Pairs them under a new number of the device.
     *
     * @return fails with {@link ApiException} 400 if the register has a device of another owner: then the caller's
     *     transaction must be rolled back, which leaves the code valid
     */
    Uni<Result> pair(PairingUpdate change, Register register, Device device, PairingAttempt claimant) {
        device.nextPairingNumber();
        return detachPreviousDevice(change, register, device, claimant)
                .call(() -> detachPreviousRegister(change, register, device))
                .call(() -> change.session().flush())
                .map(move -> new Result(change.pair(register, device, claimant), move))
                .call(result -> history.recordClaim(
                        change.session(), result.paired(), claimant.address().text()));
    }

    private Uni<Optional<RegisterMove>> detachPreviousDevice(
            PairingUpdate change, Register register, Device device, PairingAttempt claimant) {
        if (register.deviceId() == null || register.deviceId().equals(device.id())) {
            return Uni.createFrom().item(Optional.empty());
        }
        return change.session()
                .find(Device.class, register.deviceId())
                .invoke(previous -> checkOwner(previous, device))
                .invoke(previous -> change.detach(register, previous))
                .chain(previous -> history.addressOf(change.session(), previous.id())
                        .map(address ->
                                new RegisterMove(address, claimant.address().text())))
                .invoke(move -> metrics.increment(PairingOutcome.UNPAIRED_BY_REPAIRING))
                .map(Optional::of);
    }

    private void checkOwner(Device previous, Device next) {
        if (!previous.hasSameOwnerAs(next)) {
            metrics.increment(PairingOutcome.OTHER_OWNER_REJECTED);
            throw PairingError.OTHER_OWNER.exception();
        }
    }

    private Uni<Void> detachPreviousRegister(PairingUpdate change, Register register, Device device) {
        return registers
                .pairedWith(change.session(), device.id())
                .invoke(previous -> {
                    if (previous != null && !previous.key().equals(register.key())) {
                        change.unpair(previous, device);
                        metrics.increment(PairingOutcome.UNPAIRED_BY_REPAIRING);
                    }
                })
                .replaceWithVoid();
    }
}
