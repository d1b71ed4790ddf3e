package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Resolves a commit in doubt: the database transaction ended without an answer, and may have been committed.
 *
 * <p>The transaction's id is inserted as abandoned, on another connection. If that succeeds, the commit did not happen
 * and never will, so the register gets the response that nothing was started; if the id exists, it did.
 */
@ApplicationScoped
class InDoubtCommit {
    private static final Logger LOG = Logger.getLogger(InDoubtCommit.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TransactionTable table;

    InDoubtCommit(TransactionTable table) {
        this.table = table;
    }

    /**
     * Returns true for every failure but an {@link ApiException}: it is not worth finding out which of them leave no
     * doubt.
     */
    static boolean isPossible(Throwable failure) {
        return !(failure instanceof ApiException);
    }

    /**
     * Finds out whether the transaction was committed, and continues on the caller's Vert.x context, whichever attempt succeeds.
     *
     * @return the transaction if it was committed; fails with {@link ApiException} 503 if it certainly was not, and
     *     with {@link InDoubtException} if the database does not answer that either
     */
    Uni<Transaction> resolve(Transaction transaction, Throwable failure) {
        LOG.warnf("Commit in doubt, resolving: transactionId=%s reason=%s", transaction.id(), failure);
        return table.resolveInDoubt(transaction)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(TIMEOUT.toMillis())
                .onFailure()
                .transform(unreachable -> new InDoubtException(transaction.id(), unreachable))
                .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                .map(committedAt -> committed(transaction, committedAt, failure));
    }

    private static Transaction committed(Transaction transaction, Optional<Instant> committedAt, Throwable failure) {
        transaction.accepted(committedAt.orElseThrow(() -> StartError.UNAVAILABLE.causedBy(failure)));
        return transaction;
    }
}
