package dev.terminalcloud.pairing;

import dev.terminalcloud.database.OwnContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The statements that Hibernate executes on one Vert.x context, without the begin and the end of the transaction. */
public final class ExecutedStatements extends Handler {
    private static final Logger SQL = Logger.getLogger("org.hibernate.SQL");
    private static final String RECORDED = "recorded";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Queue<String> statements = new ConcurrentLinkedQueue<>();

    private ExecutedStatements() {}

    /** Runs the work on a context of its own; returns its statements in their order. */
    public static List<String> of(Vertx vertx, Supplier<Uni<Void>> work) {
        ExecutedStatements executed = new ExecutedStatements();
        Level level = SQL.getLevel();
        SQL.setLevel(Level.FINE);
        SQL.setUseParentHandlers(false);
        SQL.addHandler(executed);
        try {
            OwnContext.run(vertx, () -> {
                        Vertx.currentContext().putLocal(RECORDED, true);
                        return work.get();
                    })
                    .await()
                    .atMost(TIMEOUT);
        } finally {
            SQL.removeHandler(executed);
            SQL.setUseParentHandlers(true);
            SQL.setLevel(level);
        }
        return List.copyOf(executed.statements);
    }

    @Override
    public void publish(LogRecord executed) {
        Context context = Vertx.currentContext();
        if (context != null && context.getLocal(RECORDED) != null) {
            statements.add(executed.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
