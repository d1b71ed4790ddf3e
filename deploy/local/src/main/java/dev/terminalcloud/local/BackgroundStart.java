package dev.terminalcloud.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A server that takes a while to start, on a thread of its own. */
final class BackgroundStart<T> {
    private static final Logger LOG = Logger.getLogger(BackgroundStart.class.getName());

    private final String name;
    private final CompletableFuture<T> server = new CompletableFuture<>();

    private BackgroundStart(String name) {
        this.name = name;
    }

    /** Begins and returns at once. */
    static <T> BackgroundStart<T> begin(String name, Supplier<T> start) {
        BackgroundStart<T> starting = new BackgroundStart<>(name);
        Thread thread = new Thread(() -> starting.server.completeAsync(start, Runnable::run), "start-" + name);
        thread.setDaemon(true);
        thread.start();
        return starting;
    }

    /**
     * Waits until it has started.
     *
     * @throws StackException if it did not start
     */
    T started() {
        try {
            return server.join();
        } catch (CompletionException e) {
            LOG.log(Level.SEVERE, name + " did not start", e.getCause());
            throw new StackException(
                    "%s did not start: %s".formatted(name, e.getCause().getMessage()), e.getCause());
        }
    }

    /** Ends it, for which it has to have started first. */
    void end(Consumer<T> end) {
        T started = server.exceptionally(failure -> null).join();
        if (started != null) {
            end.accept(started);
        }
    }
}
