package dev.terminalcloud.pairing.registers;

import static dev.terminalcloud.pairing.registers.PairingError.INVALID_CODE;
import static dev.terminalcloud.pairing.registers.PairingError.TOO_MANY_WRONG_CODES;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.codes.PairingCode;
import dev.terminalcloud.pairing.codes.PairingCodes;
import dev.terminalcloud.pairing.codes.PairingCodes.ClaimResult;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.wrongcodes.ClassifiedClient;
import dev.terminalcloud.pairing.wrongcodes.SequentialExecutor;
import dev.terminalcloud.pairing.wrongcodes.WrongCodeLimiter;
import dev.terminalcloud.posapi.ApiException;
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
 * Pairing of a register with the device whose code it sent.
 *
 * <p>Every attempt locks in the same order: the client's address, the devices (all at once, sorted), the register. It reads
 * beforehand which devices to lock; if that has changed by then, it starts again.
 *
 * <p>An attempt with a wrong code commits too, and changes only the count of wrong codes.
 */
@ApplicationScoped
class RegisterPairing {
    private static final Logger LOG = Logger.getLogger(RegisterPairing.class);
    private static final int ATTEMPTS = 5;

    private final Outbox outbox;
    private final DeviceRoutes routes;
    private final PairingCodes codes;
    private final RegisterRepository registers;
    private final WrongCodeLimiter wrongCodes;
    private final SequentialExecutor turns;
    private final RegisterTransfer transfer;
    private final PairingConfirmations confirmations;
    private final PairingMetrics metrics;

    RegisterPairing(
            Outbox outbox,
            DeviceRoutes routes,
            PairingCodes codes,
            RegisterRepository registers,
            WrongCodeLimiter wrongCodes,
            SequentialExecutor turns,
            RegisterTransfer transfer,
            PairingConfirmations confirmations,
            PairingMetrics metrics) {
        this.outbox = outbox;
        this.routes = routes;
        this.codes = codes;
        this.registers = registers;
        this.wrongCodes = wrongCodes;
        this.turns = turns;
        this.transfer = transfer;
        this.confirmations = confirmations;
        this.metrics = metrics;
    }

    /**
     * Claims the code and pairs, all or nothing. The same register may repeat its claim, exactly and from the same
     * address: its pairing stays, with a new token.
     *
     * @return the pairing token, once each start goes by the pairing
     * @throws ApiException 400 if the code is invalid for this register, or if the register has a device of another owner, 429 if it was not checked since too many were
     *     wrong, 503 if the result is unknown or not confirmed in time
     */
    Uni<Secret> pair(String typedCode, PairingAttempt claimant) {
        Optional<PairingCode> code = PairingCode.parse(typedCode);
        return wrongCodes
                .classify(claimant.caller())
                .chain(client -> turns.submit(client.queue(), () -> claim(code, claimant, client)))
                .onFailure(RegisterPairing::isRetryable)
                .retry()
                .atMost(ATTEMPTS - 1)
                .onFailure(RegisterPairing::isRetryable)
                .transform(RegisterPairing::unavailable)
                .map(paired -> paired.orElseThrow(this::invalidCodeError))
                .invoke(this::recordPaired)
                .chain(paired -> confirmations.await(paired.register()))
                .invoke(RegisterPairing::checkConfirmed)
                .replaceWith(claimant.token());
    }

    private Uni<Optional<Paired>> claim(Optional<PairingCode> code, PairingAttempt claimant, ClassifiedClient client) {
        wrongCodes.lastKnownWait(client).ifPresent(this::reject);
        return outbox.inTransaction(transaction -> {
            transaction.continueTrace(claimant.traceparent());
            return checkLimits(transaction, client)
                    .chain(() -> attempt(transaction, code, claimant))
                    .call(paired -> count(transaction, paired, client));
        });
    }

    /** Includes a commit whose outcome is unknown: if it succeeded, the retry finds the code claimed by this register. */
    private static boolean isRetryable(Throwable failure) {
        return failure instanceof ConcurrentPairingException || TransientFailures.isTransient(failure);
    }

    private Uni<Void> checkLimits(WriteTransaction transaction, ClassifiedClient client) {
        return wrongCodes
                .retryAfter(transaction.session(), client)
                .invoke(wait -> wait.ifPresent(this::reject))
                .replaceWithVoid();
    }

    private Uni<Void> count(WriteTransaction transaction, Optional<Paired> paired, ClassifiedClient client) {
        if (paired.isEmpty()) {
            return wrongCodes.recordWrongCode(transaction.session(), client);
        }
        return paired.get().claim() == ClaimResult.FIRST
                ? wrongCodes.recordPairing(transaction.session(), client.client())
                : Uni.createFrom().voidItem();
    }

    /** Returns absent, with nothing changed, if the code is invalid for this register. */
    private Uni<Optional<Paired>> attempt(
            WriteTransaction transaction, Optional<PairingCode> typed, PairingAttempt claimant) {
        if (typed.isEmpty()) {
            return invalidCode();
        }
        PairingCode code = typed.get();
        return codes.deviceOf(transaction.session(), code)
                .chain(deviceId -> deviceId == null
                        ? invalidCode()
                        : lock(transaction, deviceId, claimant)
                                .chain(change -> claim(change, deviceId, code, claimant)));
    }

    private Uni<PairingUpdate> lock(WriteTransaction transaction, String deviceId, PairingAttempt claimant) {
        return registers
                .deviceOf(transaction.session(), claimant.key())
                .chain(previous -> lock(transaction, deviceId, previous));
    }

    private Uni<PairingUpdate> lock(WriteTransaction transaction, String deviceId, String previousDeviceId) {
        Set<String> devices =
                Stream.of(deviceId, previousDeviceId).filter(Objects::nonNull).collect(Collectors.toSet());
        return routes.lockAll(transaction.session(), devices)
                .map(current -> new PairingUpdate(transaction, devices, current));
    }

    private Uni<Optional<Paired>> claim(
            PairingUpdate change, String deviceId, PairingCode code, PairingAttempt claimant) {
        return change.session()
                .find(Device.class, deviceId)
                .chain(device -> device.isRevoked() ? invalidCode() : claim(change, device, code, claimant));
    }

    private Uni<Optional<Paired>> claim(
            PairingUpdate change, Device device, PairingCode code, PairingAttempt claimant) {
        return codes.claim(change.session(), code, claimant.caller())
                .chain(claim -> claim == ClaimResult.REJECTED
                        ? invalidCode()
                        : registers
                                .lock(change.session(), claimant.request())
                                .invoke(register -> checkLocked(change, register))
                                .chain(register -> take(change, register, device, claimant, claim)));
    }

    private Uni<Optional<Paired>> take(
            PairingUpdate change, Register register, Device device, PairingAttempt claimant, ClaimResult claim) {
        if (claim == ClaimResult.FIRST) {
            return transfer.pair(change, register, device, claimant)
                    .map(result -> Optional.of(new Paired(claim, result.paired(), result.move())));
        }
        if (!device.id().equals(register.deviceId()) || !register.isPairedBy(claimant.request())) {
            return invalidCode();
        }
        RegisterPaired repeated = change.repeat(register, device, claimant);
        return Uni.createFrom().item(Optional.of(new Paired(claim, repeated, Optional.empty())));
    }

    private void reject(Duration wait) {
        metrics.increment(PairingOutcome.CODE_RATE_LIMITED);
        throw TOO_MANY_WRONG_CODES.exceptionWithRetryAfter(wait);
    }

    private static Uni<Optional<Paired>> invalidCode() {
        return Uni.createFrom().item(Optional.empty());
    }

    private ApiException invalidCodeError() {
        metrics.increment(PairingOutcome.CODE_WRONG);
        return INVALID_CODE.exception();
    }

    private static void checkLocked(PairingUpdate change, Register register) {
        if (register.deviceId() != null && !change.hasLocked(register.deviceId())) {
            throw new ConcurrentPairingException();
        }
    }

    private void recordPaired(Paired paired) {
        metrics.increment(paired.claim() == ClaimResult.FIRST ? PairingOutcome.PAIRED : PairingOutcome.CLAIM_REPEATED);
        LOG.infof(
                "Register paired with device: deviceId=%s pairingNumber=%d claim=%s",
                paired.register().deviceId(), paired.register().pairingNumber(), paired.claim());
        paired.move().ifPresent(move -> recordMove(paired.register(), move));
    }

    private void recordMove(RegisterPaired register, RegisterMove move) {
        metrics.increment(move.outcome());
        LOG.warnf(
                "Register moved to another device. Unless the device was swapped, ask the merchant"
                        + ": deviceId=%s pairingNumber=%d address=%s outcome=%s",
                register.deviceId(), register.pairingNumber(), move.address(), move.outcome());
    }

    private static void checkConfirmed(boolean confirmed) {
        if (!confirmed) {
            throw PairingError.UNAVAILABLE.exception();
        }
    }

    private static ApiException unavailable(Throwable cause) {
        LOG.warnf("Failed to store a pairing: reason=%s", TransientFailures.describe(cause));
        return PairingError.UNAVAILABLE.causedBy(cause);
    }

    /** Result of a successful attempt. */
    private record Paired(ClaimResult claim, RegisterPaired register, Optional<RegisterMove> move) {}

    /** Thrown if the register was paired with another device between the read and the lock. */
    private static final class ConcurrentPairingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ConcurrentPairingException() {
            super("Pairing changed concurrently", null, false, false);
        }
    }
}
