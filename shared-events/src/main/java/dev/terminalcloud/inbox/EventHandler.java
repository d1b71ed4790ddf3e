package dev.terminalcloud.inbox;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * What a service does with events, in one database transaction.
 *
 * <p>It must bear the same events again: after a crash they are received once more.
 */
@FunctionalInterface
public interface EventHandler<E extends Event> {

    /** Whether the event is any business of the application's; if not, it is skipped. */
    default boolean handles(E event) {
        return true;
    }

    /** Applies the events, which are in the order of their partitions. A failure rolls all of them back. */
    Uni<Void> handle(WriteTransaction transaction, List<ReceivedEvent<E>> events);
}
