package dev.terminalcloud.certification.pos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The thread of a POS that runs one task. A power cut stops it in the middle. */
final class Cashier {
    private static final Duration STOP_INTERVAL = Duration.ofMillis(10);

    private final Thread thread;
    private volatile InputStream stream = InputStream.nullInputStream();

    /** A task. An interruption is a power cut. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    Cashier(Step step, Consumer<IOException> onFailure) {
        thread = new Thread(() -> run(step, onFailure));
    }

    /** Begins the task. */
    void start() {
        thread.start();
    }

    private static void run(Step step, Consumer<IOException> onFailure) {
        try {
            step.run();
        } catch (IOException e) {
            onFailure.accept(e);
        } catch (InterruptedException powerCut) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the task is done. */
    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it. The HTTP client ignores an interruption while it reads a stream. */
    void stop() {
        try {
            while (thread.isAlive()) {
                thread.interrupt();
                stream.close();
                thread.join(STOP_INTERVAL.toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the stream that it reads, to close it. */
    void reads(InputStream opened) {
        stream = opened;
    }

    /** Waits for a time. */
    static void pause(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
