package dev.terminalcloud.inbox;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Runs a handler of events in a database transaction that is always rolled back. */
@ApplicationScoped
public class Rehearsal {
    private final Vertx vertx;
    private final Outbox outbox;

    Rehearsal(Vertx vertx, Outbox outbox) {
        this.vertx = vertx;
        this.outbox = outbox;
    }

    /** Applies the event and rolls back; publishes nothing. May be called on any thread. */
    public <E extends Event> Uni<Void> of(EventHandler<E> handler, E event) {
        List<ReceivedEvent<E>> received = List.of(new ReceivedEvent<>(UUID.randomUUID(), event, Instant.EPOCH));
        return OwnContext.run(
                        vertx,
                        () -> outbox.<Void>inTransaction(write -> handler.handle(write, received)
                                .chain(() -> Uni.createFrom().failure(new RolledBackException()))))
                .onFailure(RolledBackException.class)
                .recoverWithNull();
    }

    private static final class RolledBackException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
