package dev.terminalcloud.embedded.test;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.inbox.EventHandler;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The statements that Hibernate executes, without the begin and the end of the transaction. */
public final class ExecutedStatements extends Handler {
    private static final Logger SQL = Logger.getLogger("org.hibernate.SQL");
    private static final String RECORDED = "recorded";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Queue<String> statements = new ConcurrentLinkedQueue<>();
    private final boolean onAnyContext;

    private ExecutedStatements(boolean onAnyContext) {
        this.onAnyContext = onAnyContext;
    }

    /** Runs the work on a context of its own; returns its statements in their order. */
    public static List<String> of(Vertx vertx, Supplier<Uni<Void>> work) {
        return new ExecutedStatements(false).recordDuring(() -> OwnContext.run(vertx, () -> {
                    Vertx.currentContext().putLocal(RECORDED, true);
                    return work.get();
                })
                .await()
                .atMost(TIMEOUT));
    }

    /** Does the work; returns the statements that are executed meanwhile, on any context, in their order. */
    public static List<String> during(Runnable work) {
        return new ExecutedStatements(true).recordDuring(work);
    }

    private List<String> recordDuring(Runnable work) {
        Level level = SQL.getLevel();
        SQL.setLevel(Level.FINE);
        SQL.setUseParentHandlers(false);
        SQL.addHandler(this);
        try {
            work.run();
        } finally {
            SQL.removeHandler(this);
            SQL.setUseParentHandlers(true);
            SQL.setLevel(level);
        }
        return List.copyOf(statements);
    }

    /** Applies events that were received together, in one database transaction; returns its statements in their order. */
    public static <E extends Event> List<String> of(
            Vertx vertx, Outbox outbox, EventHandler<E> handler, List<E> events) {
        List<ReceivedEvent<E>> received = events.stream()
                .map(event -> new ReceivedEvent<>(UUID.randomUUID(), event, Instant.now()))
                .toList();
        return of(vertx, () -> outbox.inTransaction(write -> handler.handle(write, received)));
    }

    @Override
    public void publish(LogRecord executed) {
        Context context = Vertx.currentContext();
        if (onAnyContext || (context != null && context.getLocal(RECORDED) != null)) {
            statements.add(executed.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
