package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.database.Batcher;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks up the current versions of transactions: one query at a time for all callers, no matter how many they are. A call during a query is
 * answered by the next one.
 *
 * <p>Thread-safe. Queries start on any thread.
 */
@ApplicationScoped
class VersionLookup {
    private final Batcher<UUID, Long> versions = new Batcher<>(Integer.MAX_VALUE, this::query);
    private final TransactionTable table;
    private final Counter queries;

    VersionLookup(TransactionTable table, MeterRegistry metrics) {
        this.table = table;
        this.queries = metrics.counter("transaction.poll.queries", "query", "versions");
    }

    /**
     * Returns the transaction's version at some moment between this call and the answer. Must be called on a Vert.x context, on which it
     * continues. Cancelling it does not affect other callers.
     *
     * @return empty if the transaction does not exist; fails as the query does, which does not affect the next one
     */
    Uni<Optional<Long>> versionOf(UUID id) {
        return versions.askOnContext(id);
    }

    private Uni<Map<UUID, Long>> query(Set<UUID> ids) {
        queries.increment();
        return table.versions(ids);
    }
}
