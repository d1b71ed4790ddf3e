package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.servicestart.WarmUp;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Runs the statement of the intake with an empty list. */
@ApplicationScoped
class IntakeWarmUp implements WarmUp {
    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final TransactionTable table;

    IntakeWarmUp(Vertx vertx, Mutiny.SessionFactory sessions, TransactionTable table) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.table = table;
    }

    @Override
    public Uni<Void> run() {
        return OwnContext.run(vertx, () -> sessions.withSession(session -> table.insert(session, List.of(), Map.of())))
                .replaceWithVoid();
    }
}
