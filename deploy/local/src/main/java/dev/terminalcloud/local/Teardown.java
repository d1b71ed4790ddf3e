package dev.terminalcloud.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shutdown of everything that was started, newest first and only once. It may begin at any time and on any thread, also in the middle
 * of the startup, which then fails. Each step is taken even if an earlier one failed.
 */
final class Teardown implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Teardown.class.getName());

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private volatile boolean closed;

    /**
     * Starts something quick and registers how to stop it, without a gap between the two.
     *
     * @throws StackException if the shutdown has begun
     */
    synchronized <T> T start(Supplier<T> start, Consumer<T> end) {
        if (closed) {
            throw new StackException("Stopped during startup");
        }
        T started = start.get();
        steps.push(() -> end.accept(started));
        return started;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!steps.isEmpty()) {
            take(steps.pop());
        }
    }

    private static void take(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Teardown step failed", e);
        }
    }
}
