package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** PostgreSQL from startup to shutdown; if it exits in between, reports the failure or restarts it on the same port. */
final class DatabaseProcess {
    private final IntFunction<EmbeddedDatabase> start;
    private final boolean restart;
    private final Progress progress;
    private final CompletableFuture<StackException> failure;
    private EmbeddedDatabase running;
    private boolean ending;

    private DatabaseProcess(
            IntFunction<EmbeddedDatabase> start,
            boolean restart,
            Progress progress,
            CompletableFuture<StackException> failure) {
        this.start = start;
        this.restart = restart;
        this.progress = progress;
        this.failure = failure;
    }

    /**
     * Starts PostgreSQL and returns when it accepts connections.
     *
     * @param start starts it on a port
     * @param restart true to restart it when it dies, instead of completing {@code failure}
     */
    static DatabaseProcess start(
            IntFunction<EmbeddedDatabase> start,
            int port,
            boolean restart,
            Progress progress,
            CompletableFuture<StackException> failure) {
        DatabaseProcess database = new DatabaseProcess(start, restart, progress, failure);
        database.take(start.apply(port));
        return database;
    }

    synchronized EmbeddedDatabase running() {
        return running;
    }

    synchronized void end() {
        ending = true;
        running.close();
    }

    private synchronized void take(EmbeddedDatabase started) {
        running = started;
        started.onExit(this::ended);
    }

    private synchronized void ended() {
        if (ending) {
            return;
        }
        if (!restart) {
            failure.complete(new StackException("PostgreSQL exited, see postgres.log in its folder"));
            return;
        }
        progress.step("PostgreSQL exited, restarting");
        int port = running.port();
        running.close();
        take(start.apply(port));
        progress.step("PostgreSQL ready on port " + port);
    }
}
