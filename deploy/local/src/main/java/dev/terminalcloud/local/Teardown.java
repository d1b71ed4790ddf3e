package dev.terminalcloud.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends what was started, newest first, once, whoever asks and whenever: also in the middle of a start, which then comes to nothing.
 * Each step is taken even if an earlier one failed.
 */
final class Teardown implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Teardown.class.getName());

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private volatile boolean closed;

    /**
     * Starts something quick and remembers how it ends, without a gap between the two.
     *
     * @throws StackException if the end has begun
     */
    synchronized <T> T start(Supplier<T> start, Consumer<T> end) {
        if (closed) {
            throw new StackException("Ended while it was starting");
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
            LOG.log(Level.WARNING, "Something did not end in order", e);
        }
    }
}
