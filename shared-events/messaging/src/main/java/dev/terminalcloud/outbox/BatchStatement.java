package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A statement that writes any number of rows at once. A database transaction collects its rows and executes it once, after its work:
 * {@link WriteTransaction#addBatch}.
 *
 * @param <R> one row
 */
@FunctionalInterface
public interface BatchStatement<R> {
    /**
     * Writes the rows, in their order.
     *
     * @param rows at least one
     */
    Uni<Void> execute(Mutiny.Session session, List<R> rows);
}
