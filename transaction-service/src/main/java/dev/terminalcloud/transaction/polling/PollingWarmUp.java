package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.servicestart.WarmUp;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads a transaction that does not exist, in each way: the first query of Hibernate loads hundreds of classes on an event loop. */
@ApplicationScoped
class PollingWarmUp implements WarmUp {
    private final Vertx vertx;
    private final TransactionViews views;
    private final VersionLookup versions;
    private final TransactionTable transactions;

    PollingWarmUp(Vertx vertx, TransactionViews views, VersionLookup versions, TransactionTable transactions) {
        this.vertx = vertx;
        this.views = views;
        this.versions = versions;
        this.transactions = transactions;
    }

    @Override
    public Uni<Void> run() {
        UUID unknown = UUID.randomUUID();
        return OwnContext.run(vertx, () -> views.read(unknown)
                .chain(() -> versions.versionOf(unknown))
                .chain(() -> transactions.load(unknown))
                .chain(() -> transactions.loadNewestFirst(List.of(unknown)))
                .chain(() -> transactions.findByIdempotencyKey("warm-up"))
                .replaceWithVoid());
    }
}
