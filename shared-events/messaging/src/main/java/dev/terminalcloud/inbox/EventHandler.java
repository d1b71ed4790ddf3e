package dev.terminalcloud.inbox;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Handler of received events, which runs in one database transaction.
 *
 * <p>It must be idempotent: after a crash it receives the same events again.
 */
@FunctionalInterface
public interface EventHandler<E extends Event> {

    /** Returns whether this handler applies events of this class; the inbox skips the others, most of them without parsing them. */
    default boolean handles(Class<? extends Event> type) {
        return true;
    }

    /** Applies the events, which keep the order of their partitions. A failure rolls back all of them. */
    Uni<Void> handle(WriteTransaction transaction, List<ReceivedEvent<E>> events);
}
