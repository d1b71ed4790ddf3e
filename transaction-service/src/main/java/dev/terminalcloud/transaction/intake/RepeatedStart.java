package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.access.PollingTokens;
import dev.terminalcloud.transaction.idempotency.IdempotencyError;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.polling.Envelope;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The response to a start that repeats an earlier one: the state of the transaction that the earlier one has started. */
@ApplicationScoped
class RepeatedStart {
    private final HeldRequests held;
    private final PollingTokens tokens;
    private final TransactionTable transactions;
    private final TransactionConfiguration config;

    RepeatedStart(
            HeldRequests held, PollingTokens tokens, TransactionTable transactions, TransactionConfiguration config) {
        this.held = held;
        this.tokens = tokens;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * Returns the state of the transaction, in synchronous mode when it has ended or the time is up. The token in it is valid
     * for five more minutes at least, and the asynchronous one always has the {@code PollingUrl}.
     */
    Uni<Envelope> answer(StartRequest.Mode mode, Transaction started) {
        return switch (mode) {
            case ASYNC -> withValidToken(started).map(transaction -> Envelope.withPollingUrl(transaction, config));
            case SYNCHRONOUS ->
                held.await(started.id()).chain(this::withValidToken).map(held::response);
        };
    }

    private Uni<Transaction> withValidToken(Transaction transaction) {
        return tokens.renew(List.of(transaction.id()))
                .chain(() -> transactions.load(transaction.id()))
                .onFailure(TransientFailures::isTransient)
                .transform(IdempotencyError.KEYED_START_UNAVAILABLE::causedBy);
    }
}
