package dev.terminalcloud.pairing.registers;

import static dev.terminalcloud.pairing.registers.PairingRefusal.INVALID_CODE;

import dev.terminalcloud.inbox.PassingFailure;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.Tally;
import dev.terminalcloud.pairing.Tally.Happening;
import dev.terminalcloud.pairing.codes.PairingCode;
import dev.terminalcloud.pairing.codes.PairingCodes;
import dev.terminalcloud.pairing.codes.PairingCodes.Claim;
import dev.terminalcloud.pairing.devices.Device;
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
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Pairs a register with the device whose code it has.
 *
 * <p>Locks, in this order for everybody: the devices (all at once, sorted), then the register. Which devices to lock is
 * read before; if that has changed meanwhile the attempt starts again.
 */
@ApplicationScoped
class Pairings {
    private static final Logger LOG = Logger.getLogger(Pairings.class);
    private static final int ATTEMPTS = 5;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final DeviceRoutes routes;
    private final PairingCodes codes;
    private final Registers registers;
    private final Tally tally;

    Pairings(Outbox outbox, DeviceRoutes routes, PairingCodes codes, Registers registers, Tally tally) {
        this.outbox = outbox;
        this.routes = routes;
        this.codes = codes;
        this.registers = registers;
        this.tally = tally;
    }

    /**
     * Claims the code and pairs, all or nothing. The same register may repeat its claim: its pairing stays, with a new token.
     *
     * @return the pairing's token
     * @throws RefusedException 400 if the code is not good for this register, 503 if nothing is certain at the moment
     */
    Uni<Secret> pair(String typedCode, PairingRequest request) {
        Optional<PairingCode> code = PairingCode.in(typedCode);
        if (code.isEmpty()) {
            return Uni.createFrom().failure(wrongCode());
        }
        Claimant claimant = new Claimant(code.get(), request, Secret.random());
        return outbox.transaction(transaction -> attempt(transaction, claimant))
                .onFailure(Pairings::mayBeRepeated)
                .retry()
                .atMost(ATTEMPTS - 1)
                .onFailure(Pairings::mayBeRepeated)
                .transform(Pairings::unavailable)
                .invoke(this::account)
                .replaceWith(claimant.token());
    }

    /** Also when nobody knows whether the commit was done: then the repetition finds the code claimed by this register. */
    private static boolean mayBeRepeated(Throwable failure) {
        return failure instanceof OvertakenException || PassingFailure.is(failure);
    }

    private Uni<Paired> attempt(WriteTransaction transaction, Claimant claimant) {
        Mutiny.Session session = transaction.session();
        return codes.deviceOf(session, claimant.code())
                .onItem()
                .ifNull()
                .failWith(this::wrongCode)
                .chain(deviceId -> registers
                        .deviceOf(session, claimant.key())
                        .chain(former -> lock(transaction, deviceId, former))
                        .chain(change -> claim(change, deviceId, claimant)));
    }

    private Uni<PairingChange> lock(WriteTransaction transaction, String deviceId, String formerDeviceId) {
        Set<String> devices =
                Stream.of(deviceId, formerDeviceId).filter(Objects::nonNull).collect(Collectors.toSet());
        return routes.lockAll(transaction.session(), devices)
                .map(current -> new PairingChange(transaction, devices, current));
    }

    private Uni<Paired> claim(PairingChange change, String deviceId, Claimant claimant) {
        return codes.claim(
                        change.session(),
                        claimant.code(),
                        claimant.key().vendorName(),
                        claimant.key().registerId())
                .invoke(claim -> refuseIf(claim == Claim.REFUSED))
                .chain(claim -> registers
                        .lock(change.session(), claimant.request())
                        .invoke(register -> checkLocked(change, register))
                        .chain(register -> take(change, register, deviceId, claimant, claim)));
    }

    private Uni<Paired> take(PairingChange change, Register register, String deviceId, Claimant claimant, Claim claim) {
        return change.session()
                .find(Device.class, deviceId)
                .invoke(device -> refuseIf(device.isRevoked()))
                .call(device -> claim == Claim.FIRST
                        ? pair(change, register, device, claimant)
                        : repeat(change, register, device, claimant))
                .map(device -> new Paired(claim, device.id(), device.pairingNumber()));
    }

    private Uni<Void> pair(PairingChange change, Register register, Device device, Claimant claimant) {
        device.nextPairingNumber();
        return leaveFormerDevice(change, register, device)
                .chain(() -> leaveFormerRegister(change, register, device))
                .chain(() -> change.session().flush())
                .invoke(() -> change.pair(register, device, claimant));
    }

    private Uni<Void> repeat(PairingChange change, Register register, Device device, Claimant claimant) {
        refuseIf(!device.id().equals(register.deviceId()));
        change.repeat(register, device, claimant);
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> leaveFormerDevice(PairingChange change, Register register, Device device) {
        if (register.deviceId() == null || register.deviceId().equals(device.id())) {
            return Uni.createFrom().voidItem();
        }
        return change.session()
                .find(Device.class, register.deviceId())
                .invoke(former -> {
                    former.nextPairingNumber();
                    change.tellUnpaired(former);
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

    private void refuseIf(boolean wrong) {
        if (wrong) {
            throw wrongCode();
        }
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
        return RefusedException.retryLater(
                503, "Pairing is not possible at the moment. Please try again with the same code", RETRY_AFTER, cause);
    }

    /** What has been committed. */
    private record Paired(Claim claim, String deviceId, long pairingNumber) {}

    /** The register was paired with another device between the look and the lock. */
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("overtaken", null, false, false);
        }
    }
}
