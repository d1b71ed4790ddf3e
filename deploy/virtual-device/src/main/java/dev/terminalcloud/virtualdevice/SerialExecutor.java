package dev.terminalcloud.virtualdevice;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * An executor that runs tasks one after the other, in the order of their submission, on threads that it shares with others. A task that
 * fails is reported to its thread's handler of uncaught exceptions, and does not prevent the next from running.
 */
final class SerialExecutor implements Executor {
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        threads.execute(this::runNext);
    }

    private void runNext() {
        try {
            next().run();
        } catch (RuntimeException | Error failure) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } finally {
            goOn();
        }
    }

    private Runnable next() {
        synchronized (waiting) {
            return waiting.remove();
        }
    }

    private void goOn() {
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                running = false;
                return;
            }
        }
        threads.execute(this::runNext);
    }
}
