package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only way to open a writing database transaction.
 *
 * <p>The events that the work appends are published to Kafka if and only if the transaction commits: at least once, and for
 * each key in the order in which they were appended. Debezium's outbox event router can replace the built-in relay.
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
     * Runs the work in a database transaction, commits it and wakes the relay. A failure of the work rolls back everything.
     *
     * <p>Must be called on a Vert.x context. Calls on the same context must not overlap, since each needs a transaction of
     * its own.
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
