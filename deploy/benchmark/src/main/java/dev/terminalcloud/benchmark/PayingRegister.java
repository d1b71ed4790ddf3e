package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A register that pays one purchase after the other until it is closed, on a device of its own. */
final class PayingRegister implements AutoCloseable {
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Lane lane;
    private volatile boolean closed;
    private long paid;
    private long failed;
    private long maxNanos;
    private String lastFailure = "";

    /** @param number of its device */
    PayingRegister(SystemUnderTest cloud, int number) throws IOException, InterruptedException {
        lane = new Lane(cloud, number);
        lane.open();
        thread.execute(this::payOn);
    }

    /** Returns the figures of the purchases since the last call. */
    synchronized String figures() {
        String figures = "%d purchases of another register, maximum %.0f ms, %d not approved %s"
                .formatted(paid, maxNanos / 1e6, failed, lastFailure);
        paid = 0;
        failed = 0;
        maxNanos = 0;
        lastFailure = "";
        return figures;
    }

    private void payOn() {
        while (!closed) {
            long begin = System.nanoTime();
            try {
                Lane.Sample unused = lane.pays();
                ended(System.nanoTime() - begin, "");
            } catch (IOException e) {
                ended(System.nanoTime() - begin, e.getMessage());
                LockSupport.parkNanos(RETRY_DELAY.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void ended(long nanos, String failure) {
        maxNanos = Math.max(maxNanos, nanos);
        paid++;
        if (!failure.isEmpty()) {
            failed++;
            lastFailure = "(" + failure + ")";
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        lane.close();
    }
}
