package dev.terminalcloud.pairing.registers;

import static dev.terminalcloud.pairing.registers.PairingRefusal.INVALID_CODE;
import static dev.terminalcloud.pairing.registers.PairingRefusal.TOO_MANY_WRONG_CODES;

import dev.terminalcloud.database.PassingFailure;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.Tally;
import dev.terminalcloud.pairing.Tally.Happening;
import dev.terminalcloud.pairing.codes.PairingCode;
import dev.terminalcloud.pairing.codes.PairingCodes;
import dev.terminalcloud.pairing.codes.PairingCodes.Claim;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.wrongcodes.AddressTurns;
import dev.terminalcloud.pairing.wrongcodes.WrongCodes;
import dev.terminalcloud.posapi.RefusedException;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Pairs a register with the device whose code it has.
 *
 * <p>Locks, in this order for everybody: the client's address, the devices (all at once, sorted), the register. Which
 * devices to lock is read before; if that has changed meanwhile the attempt starts again.
 *
 * <p>An attempt with a wrong code commits too, and has changed nothing but the count of wrong codes.
 */
@ApplicationScoped
class Pairings {
    private static final Logger LOG = Logger.getLogger(Pairings.class);
    private static final int ATTEMPTS = 5;

    private final Outbox outbox;
    private final DeviceRoutes routes;
    private final PairingCodes codes;
    private final Registers registers;
    private final WrongCodes wrongCodes;
    private final AddressTurns turns;
    private final Tally tally;

    Pairings(
            Outbox outbox,
            DeviceRoutes routes,
            PairingCodes codes,
            Registers registers,
            WrongCodes wrongCodes,
            AddressTurns turns,
            Tally tally) {
        this.outbox = outbox;
        this.routes = routes;
        this.codes = codes;
        this.registers = registers;
        this.wrongCodes = wrongCodes;
        this.turns = turns;
        this.tally = tally;
    }

    /**
     * Claims the code and pairs, all or nothing. The same register may repeat its claim: its pairing stays, with a new token.
     *
     * @return the pairing's token
     * @throws RefusedException 400 if the code is not good for this register, 429 if it is not looked at since too many
     *     were wrong, 503 if nothing is certain at the moment
     */
    Uni<Secret> pair(String typedCode, Claimant claimant) {
        Optional<PairingCode> code = PairingCode.in(typedCode);
        return turns.inTurn(claimant.caller(), () -> claim(code, claimant))
                .onFailure(Pairings::mayBeRepeated)
                .retry()
                .atMost(ATTEMPTS - 1)
                .onFailure(Pairings::mayBeRepeated)
                .transform(Pairings::unavailable)
                .map(paired -> paired.orElseThrow(this::wrongCode))
                .invoke(this::account)
                .replaceWith(claimant.token());
    }

    private Uni<Optional<Paired>> claim(Optional<PairingCode> code, Claimant claimant) {
        return outbox.transaction(transaction -> letIn(transaction, claimant)
                .chain(() -> attempt(transaction, code, claimant))
                .call(paired -> countIfWrong(transaction, paired, claimant)));
    }

    /** Also when nobody knows whether the commit was done: then the repetition finds the code claimed by this register. */
    private static boolean mayBeRepeated(Throwable failure) {
        return failure instanceof OvertakenException || PassingFailure.is(failure);
    }

    private Uni<Void> letIn(WriteTransaction transaction, Claimant claimant) {
        return wrongCodes
                .waitOf(transaction.session(), claimant.caller())
                .invoke(wait -> wait.ifPresent(this::refuse))
                .replaceWithVoid();
    }

    private Uni<Void> countIfWrong(WriteTransaction transaction, Optional<Paired> paired, Claimant claimant) {
        return paired.isPresent()
                ? Uni.createFrom().voidItem()
                : wrongCodes.count(transaction.session(), claimant.caller());
    }

    /** Absent if the code is not good for this register; nothing has changed then. */
    private Uni<Optional<Paired>> attempt(
            WriteTransaction transaction, Optional<PairingCode> typed, Claimant claimant) {
        if (typed.isEmpty()) {
            return notGood();
        }
        PairingCode code = typed.get();
        return codes.deviceOf(transaction.session(), code)
                .chain(deviceId -> deviceId == null
                        ? notGood()
                        : lock(transaction, deviceId, claimant)
                                .chain(change -> claim(change, deviceId, code, claimant)));
    }

    private Uni<PairingChange> lock(WriteTransaction transaction, String deviceId, Claimant claimant) {
        return registers
                .deviceOf(transaction.session(), claimant.key())
                .chain(former -> lock(transaction, deviceId, former));
    }

    private Uni<PairingChange> lock(WriteTransaction transaction, String deviceId, String formerDeviceId) {
        Set<String> devices =
                Stream.of(deviceId, formerDeviceId).filter(Objects::nonNull).collect(Collectors.toSet());
        return routes.lockAll(transaction.session(), devices)
                .map(current -> new PairingChange(transaction, devices, current));
    }

    private Uni<Optional<Paired>> claim(PairingChange change, String deviceId, PairingCode code, Claimant claimant) {
        return change.session()
                .find(Device.class, deviceId)
                .chain(device -> device.isRevoked() ? notGood() : claim(change, device, code, claimant));
    }

    private Uni<Optional<Paired>> claim(PairingChange change, Device device, PairingCode code, Claimant claimant) {
        return codes.claim(change.session(), code, claimant.caller())
                .chain(claim -> claim == Claim.REFUSED
                        ? notGood()
                        : registers
                                .lock(change.session(), claimant.request())
                                .invoke(register -> checkLocked(change, register))
                                .chain(register -> take(change, register, device, claimant, claim)));
    }

    private Uni<Optional<Paired>> take(
            PairingChange change, Register register, Device device, Claimant claimant, Claim claim) {
        if (claim == Claim.FIRST) {
            return pair(change, register, device, claimant).map(paired -> Paired.with(device, claim));
        }
        if (!device.id().equals(register.deviceId())) {
            return notGood();
        }
        change.repeat(register, device, claimant);
        return Uni.createFrom().item(Paired.with(device, claim));
    }

    private Uni<Void> pair(PairingChange change, Register register, Device device, Claimant claimant) {
        device.nextPairingNumber();
        return leaveFormerDevice(change, register, device)
                .chain(() -> leaveFormerRegister(change, register, device))
                .chain(() -> change.session().flush())
                .invoke(() -> change.pair(register, device, claimant));
    }

    private Uni<Void> leaveFormerDevice(PairingChange change, Register register, Device device) {
        if (register.deviceId() == null || register.deviceId().equals(device.id())) {
            return Uni.createFrom().voidItem();
        }
        return change.session()
                .find(Device.class, register.deviceId())
                .invoke(former -> {
                    change.leave(register, former);
                    tally.count(Happening.UNPAIRED_BY_OTHER_PAIRING);
                })
                .replaceWithVoid();
    }

    private Uni<Void> leaveFormerRegister(PairingChange change, Register register, Device device) {
        return registers
                .pairedWith(change.session(), device.id())
                .invoke(former -> {
                    if (former != null && !former.key().equals(register.key())) {
                        change.separate(former, device);
                        tally.count(Happening.UNPAIRED_BY_OTHER_PAIRING);
                    }
                })
                .replaceWithVoid();
    }

    private void refuse(Duration wait) {
        tally.count(Happening.CODE_NOT_LOOKED_AT);
        throw TOO_MANY_WRONG_CODES.exceptionUntil(wait);
    }

    private static Uni<Optional<Paired>> notGood() {
        return Uni.createFrom().item(Optional.empty());
    }

    private RefusedException wrongCode() {
        tally.count(Happening.CODE_WRONG);
        return INVALID_CODE.exception();
    }

    private static void checkLocked(PairingChange change, Register register) {
        if (register.deviceId() != null && !change.hasLocked(register.deviceId())) {
            throw new OvertakenException();
        }
    }

    private void account(Paired paired) {
        tally.count(paired.claim() == Claim.FIRST ? Happening.PAIRED : Happening.CLAIM_REPEATED);
        LOG.infof(
                "register and device are paired: deviceId=%s pairingNumber=%d claim=%s",
                paired.deviceId(), paired.pairingNumber(), paired.claim());
    }

    private static RefusedException unavailable(Throwable cause) {
        LOG.warnf("a pairing could not be stored: reason=%s", PassingFailure.describe(cause));
        return PairingRefusal.UNAVAILABLE.causedBy(cause);
    }

    /** What has been committed. */
    private record Paired(Claim claim, String deviceId, long pairingNumber) {
        static Optional<Paired> with(Device device, Claim claim) {
            return Optional.of(new Paired(claim, device.id(), device.pairingNumber()));
        }
    }

    /** The register was paired with another device between the look and the lock. */
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("overtaken", null, false, false);
        }
    }
}
