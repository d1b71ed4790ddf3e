package dev.terminalcloud.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A slow start of a server, on a thread of its own. */
final class BackgroundStart<T> {
    private static final Logger LOG = Logger.getLogger(BackgroundStart.class.getName());

    private final String name;
    private final CompletableFuture<T> server = new CompletableFuture<>();
    private final Thread thread;

    private BackgroundStart(String name, Supplier<T> start) {
        this.name = name;
        this.thread = new Thread(() -> server.completeAsync(start, Runnable::run), "start-" + name);
    }

    /** Begins the start and returns at once. */
    static <T> BackgroundStart<T> begin(String name, Supplier<T> start) {
        BackgroundStart<T> starting = new BackgroundStart<>(name, start);
        starting.thread.setDaemon(true);
        starting.thread.start();
        return starting;
    }

    /**
     * Waits until the server has started, as long as something moves.
     *
     * @throws StackException if the start failed, or if nothing has moved for too long
     */
    T started(StartupWait wait, Supplier<ProgressSample> observe) {
        try {
            return wait.until(server, observe);
        } catch (StackException stalled) {
            thread.interrupt();
            throw stalled;
        } catch (CompletionException e) {
            LOG.log(Level.SEVERE, "Failed to start: server=" + name, e.getCause());
            throw new StackException(
                    "Failed to start %s: %s".formatted(name, e.getCause().getMessage()), e.getCause());
        }
    }

    /** Waits for the start and then stops the server; does nothing if the start failed. */
    void end(Consumer<T> end) {
        T started = server.exceptionally(failure -> null).join();
        if (started != null) {
            end.accept(started);
        }
    }
}
