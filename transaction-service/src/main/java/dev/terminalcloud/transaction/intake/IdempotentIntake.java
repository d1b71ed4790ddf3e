package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.transaction.idempotency.IdempotencyError;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.pairings.KnownRegister;
import dev.terminalcloud.transaction.pairings.PairingTable;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Intake of starts that a register may repeat: those with an {@code Idempotency-Key} start one transaction however often they
 * come, also at the same time at several replicas.
 *
 * <p>The key is stored with the transaction, and a unique index rejects the second one. Whatever is rejected is looked up
 * again, since the first start may have been the reason: its device is busy with it.
 */
@ApplicationScoped
class IdempotentIntake {
    private static final int UNAVAILABLE = 503;

    private final Intake intake;
    private final TransactionTable transactions;
    private final PairingTable pairings;

    IdempotentIntake(Intake intake, TransactionTable transactions, PairingTable pairings) {
        this.intake = intake;
        this.transactions = transactions;
        this.pairings = pairings;
    }

    /** @param isRepetition true if an earlier request has started the transaction */
    record Started(Transaction transaction, boolean isRepetition) {}

    /**
     * Starts a transaction, or finds the one that the key has started.
     *
     * @return fails as {@link Intake#start} does; with a key also with {@link ApiException}: 422 if it was used for another
     *     request, and 503 without the promise that nothing was started
     */
    Uni<Started> start(StartRequest start, Optional<PairingToken> token) {
        if (start.idempotencyKeyHash() == null) {
            return first(start, token);
        }
        return findStarted(start, token)
                .chain(found -> found.isPresent() ? repetition(found.get()) : firstOrConcurrent(start, token))
                .onFailure(IdempotentIntake::isUnavailable)
                .transform(IdempotencyError.KEYED_START_UNAVAILABLE::causedBy);
    }

    private Uni<Started> first(StartRequest start, Optional<PairingToken> token) {
        return intake.start(start, token).map(transaction -> new Started(transaction, false));
    }

    private Uni<Started> firstOrConcurrent(StartRequest start, Optional<PairingToken> token) {
        return first(start, token)
                .onFailure(failure -> failure instanceof ApiException && !isUnavailable(failure))
                .recoverWithUni(rejection -> findStarted(start, token)
                        .chain(found -> found.isPresent()
                                ? repetition(found.get())
                                : Uni.createFrom().failure(rejection)));
    }

    private static Uni<Started> repetition(Transaction transaction) {
        return Uni.createFrom().item(new Started(transaction, true));
    }

    private Uni<Optional<Transaction>> findStarted(StartRequest start, Optional<PairingToken> token) {
        return transactions
                .findByIdempotencyKey(start.idempotencyKeyHash())
                .call(found -> found.isPresent()
                        ? check(start, token)
                        : Uni.createFrom().voidItem())
                .invoke(found -> found.ifPresent(transaction -> checkSame(start, transaction)));
    }

    /** Checks a token that was sent: the pairing may have ended since the first start. */
    private Uni<Void> check(StartRequest start, Optional<PairingToken> token) {
        return token.isEmpty()
                ? Uni.createFrom().voidItem()
                : pairings.find(start.register())
                        .invoke(known -> token.get()
                                .check(known.map(KnownRegister::tokenHash).orElse(null)))
                        .replaceWithVoid();
    }

    private static void checkSame(StartRequest start, Transaction transaction) {
        if (!start.isSameAs(transaction)) {
            throw IdempotencyError.IDEMPOTENCY_KEY_REUSED.exception();
        }
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof ApiException rejection
                ? rejection.status() == UNAVAILABLE
                : TransientFailures.isTransient(failure);
    }
}
