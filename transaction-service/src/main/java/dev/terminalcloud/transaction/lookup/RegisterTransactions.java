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
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The newest transactions of a register, which finds what it has started by its own reference. An abandoned one, which expired
 * when it was inserted, was never accepted and is not among them.
 */
@ApplicationScoped
class RegisterTransactions {
    static final int MAX_TRANSACTIONS = 100;

    private static final String NEWEST =
            """
            select id from transaction
            where vendor_name = $1 and register_id = $2 and business_name = $3
              and created_at > now() - make_interval(secs => $4) and expires_at > created_at
            order by created_at desc, id limit %d
            """
                    .formatted(MAX_TRANSACTIONS);

    private static final String NEWEST_WITH_REFERENCE =
            """
            select id from transaction
            where vendor_name = $1 and register_id = $2 and business_name = $3
              and created_at > now() - make_interval(secs => $4) and expires_at > created_at and pos_reference_id = $5
            order by created_at desc, id limit %d
            """
                    .formatted(MAX_TRANSACTIONS);

    private final Pool pool;
    private final PairingTokens pairingTokens;
    private final PollingTokens pollingTokens;
    private final TransactionTable transactions;
    private final TransactionConfiguration config;

    RegisterTransactions(
            Pool pool,
            PairingTokens pairingTokens,
            PollingTokens pollingTokens,
            TransactionTable transactions,
            TransactionConfiguration config) {
        this.pool = pool;
        this.pairingTokens = pairingTokens;
        this.pollingTokens = pollingTokens;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * Returns the newest {@value #MAX_TRANSACTIONS} transactions of the register, newest first, each with a {@code PollingUrl}
     * whose token is valid for {@link PollingTokens#MIN_VALIDITY} at least.
     *
     * @param reference only those with exactly this reference of the register; absent for all
     * @return fails with {@link ApiException}: 401 if the token is not the register's, 503 if the database has not answered for
     *     some seconds
     */
    Uni<List<Envelope>> newest(RegisterIdentity register, PairingToken token, Optional<String> reference) {
        return DatabaseRetry.run(() -> pairingTokens.check(register, token))
                .chain(() -> DatabaseRetry.run(() -> idsOf(register, reference)))
                .call(ids -> DatabaseRetry.run(() -> pollingTokens.renew(ids)))
                .chain(ids -> DatabaseRetry.run(() -> transactions.loadNewestFirst(ids)))
                .map(found -> found.stream()
                        .map(transaction -> Envelope.withPollingUrl(transaction, config))
                        .toList())
                .onFailure(TransientFailures::isTransient)
                .transform(LookupError.LOOKUP_UNAVAILABLE::causedBy);
    }

    private Uni<List<UUID>> idsOf(RegisterIdentity register, Optional<String> reference) {
        Tuple parameters = Tuple.of(register.vendorName(), register.registerId(), register.businessName(), (double)
                config.retention().toSeconds());
        reference.ifPresent(parameters::addString);
        return pool.preparedQuery(reference.isPresent() ? NEWEST_WITH_REFERENCE : NEWEST)
                .execute(parameters)
                .map(RegisterTransactions::ids);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .toList();
    }
}
