package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only way to open a writing database transaction.
 *
 * <p>What the work appends is published to Kafka if and only if the transaction commits: at least once, and in the order
 * of the appends for each key. Debezium's outbox event router can take the place of the built-in relay.
 */
@ApplicationScoped
public class Outbox {
    private final Mutiny.SessionFactory sessions;
    private final OutboxRelay relay;

    Outbox(Mutiny.SessionFactory sessions, OutboxRelay relay) {
        this.sessions = sessions;
        this.relay = relay;
    }

    /**
     * Runs the work in a database transaction, commits it and wakes the relay. A failure of the work rolls everything back.
     *
     * <p>Must be called on a Vert.x context. The transaction is the work's alone: calls on the same context must not
     * overlap.
     */
    public <T> Uni<T> inTransaction(Function<WriteTransaction, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            WriteTransaction[] open = new WriteTransaction[1];
            return sessions.withTransaction((session, transaction) -> {
                        open[0] = new WriteTransaction(session);
                        return work.apply(open[0]).call(open[0]::flushEvents);
                    })
                    .invoke(() -> wakeRelay(open[0]));
        });
    }

    private void wakeRelay(WriteTransaction committed) {
        if (committed.hasEvents()) {
            relay.wake();
        }
    }
}
