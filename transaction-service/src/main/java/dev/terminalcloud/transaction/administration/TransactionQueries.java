package dev.terminalcloud.transaction.administration;

import dev.terminalcloud.administration.DatabaseOutage;
import dev.terminalcloud.database.Rows;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
import dev.terminalcloud.transaction.lifecycle.Discrepancies;
import dev.terminalcloud.transaction.lifecycle.ResolutionStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Queries transactions for operators. A result is a snapshot and must not be the basis of a decision. */
@ApplicationScoped
class TransactionQueries {
    private static final String TRANSACTIONS =
            """
            select * from (
                select t.*, %s as resolution_status from transaction_overview t
            ) t
            """
                    .formatted(ResolutionStatus.sql("$1"));

    private static final String ONE = TRANSACTIONS + "where id = $2";

    private static final String PAGE = TRANSACTIONS
            + """
            where phase <> 'COMPLETED' and resolution_status = any ($2)
              and (cast($3 as uuid) is null
                or (created_at, id) > (select p.created_at, p.id from transaction_overview p where p.id = $3))
            order by created_at, id
            limit $4
            """;

    /** Filter of the transactions that have not ended. */
    enum State {
        UNFINISHED,
        /** Its device may still report, or never will. */
        DELAYED,
        /** Only an operator can resolve it. */
        UNRESOLVED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean has(ResolutionStatus status) {
            return switch (this) {
                case UNFINISHED -> true;
                case DELAYED -> status != ResolutionStatus.QUEUED && status != ResolutionStatus.RUNNING;
                case UNRESOLVED -> status.needsOperator();
            };
        }

        private String[] names() {
            return Arrays.stream(ResolutionStatus.values())
                    .filter(this::has)
                    .map(ResolutionStatus::name)
                    .toArray(String[]::new);
        }
    }

    private final Pool pool;
    private final CallbackQueue callbacks;
    private final TransactionConfiguration config;

    TransactionQueries(Pool pool, CallbackQueue callbacks, TransactionConfiguration config) {
        this.pool = pool;
        this.callbacks = callbacks;
        this.config = config;
    }

    /** @param after the last id of the previous page; null for the first page */
    Uni<List<TransactionView>> page(State state, UUID after, int limit) {
        return select(PAGE, Tuple.of(config.manualResolutionAfter().toSeconds(), state.names(), after, limit))
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }

    /** Finds one transaction, with its discrepancies and its pending callback. */
    Uni<Optional<TransactionView>> one(UUID id) {
        return Uni.combine()
                .all()
                .unis(
                        select(ONE, Tuple.of(config.manualResolutionAfter().toSeconds(), id)),
                        Discrepancies.of(pool, id),
                        callbacks.find(id))
                .asTuple()
                .map(found -> found.getItem1().stream()
                        .findFirst()
                        .map(transaction -> transaction.with(found.getItem2(), found.getItem3())))
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }

    private Uni<List<TransactionView>> select(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .mapping(TransactionView::of)
                .execute(parameters)
                .map(Rows::list);
    }
}
