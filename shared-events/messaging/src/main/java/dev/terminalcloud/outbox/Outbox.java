package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only way to open a writing database transaction.
 *
 * <p>The events that the work appends are published to Kafka if and only if the transaction commits: at least once, at once by the replica
 * that has committed, and by {@link OutboxRelay} what a crash or a failure left behind. So events of one key leave in the order of their
 * transactions, but for what the relay sends late: receivers bear events that come twice or late. Debezium's outbox event router can
 * replace both.
 */
@ApplicationScoped
public class Outbox {
    private final Mutiny.SessionFactory sessions;
    private final CommittedEvents committedEvents;

    Outbox(Mutiny.SessionFactory sessions, CommittedEvents committedEvents) {
        this.sessions = sessions;
        this.committedEvents = committedEvents;
    }

    /**
     * Runs the work in a database transaction, commits it and publishes its events. A failure of the work rolls back everything.
     *
     * <p>Must be called on a Vert.x context. Calls on the same context must not overlap, since each needs a transaction of
     * its own.
     */
    public <T> Uni<T> inTransaction(Function<WriteTransaction, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            AtomicReference<WriteTransaction> written = new AtomicReference<>();
            return sessions.withTransaction((session, transaction) -> {
                        WriteTransaction open = new WriteTransaction(session);
                        written.set(open);
                        return work.apply(open).call(open::flush);
                    })
                    .invoke(() -> committedEvents.publish(written.get().committed()));
        });
    }
}
