package dev.terminalcloud.transaction.lookup;

import dev.terminalcloud.database.DatabaseRetry;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.access.PollingTokens;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.pairings.PairingTokens;
import dev.terminalcloud.transaction.polling.Envelope;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The newest transactions of a register, which finds what it has started by its own reference. */
@ApplicationScoped
class RegisterTransactions {
    private final PairingTokens pairingTokens;
    private final PollingTokens pollingTokens;
    private final TransactionTable transactions;
    private final TransactionConfiguration config;

    RegisterTransactions(
            PairingTokens pairingTokens,
            PollingTokens pollingTokens,
            TransactionTable transactions,
            TransactionConfiguration config) {
        this.pairingTokens = pairingTokens;
        this.pollingTokens = pollingTokens;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * Returns the newest {@value TransactionTable#MAX_NEWEST} transactions of the register, newest first, each with a {@code PollingUrl}
     * whose token is valid for {@link PollingTokens#MIN_VALIDITY} at least.
     *
     * @param reference only those with exactly this reference of the register; absent for all
     * @return fails with {@link ApiException}: 401 if the token is not the register's, 503 if the database has not answered for
     *     some seconds
     */
    Uni<List<Envelope>> newest(RegisterIdentity register, PairingToken token, Optional<String> reference) {
        return DatabaseRetry.run(() -> pairingTokens.check(register, token))
                .chain(() -> DatabaseRetry.run(() -> transactions.newest(register, reference, config.retention())))
                .call(ids -> DatabaseRetry.run(() -> pollingTokens.renew(ids)))
                .chain(ids -> DatabaseRetry.run(() -> transactions.loadNewestFirst(ids)))
                .map(found -> found.stream()
                        .map(transaction -> Envelope.withPollingUrl(transaction, config))
                        .toList())
                .onFailure(TransientFailures::isTransient)
                .transform(LookupError.LOOKUP_UNAVAILABLE::causedBy);
    }
}
