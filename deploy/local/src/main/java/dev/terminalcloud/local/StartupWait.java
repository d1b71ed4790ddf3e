package dev.terminalcloud.local;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The wait for a part of the stack to start. It has no fixed end: it prints what it waits for, after 10 s and then ever more rarely, and
 * fails when nothing has moved for a while. Not thread-safe.
 */
final class StartupWait {
    /** The time without any movement after which a part is given up. */
    static final Duration STALL_LIMIT = Duration.ofMinutes(2);

    private static final Duration UNLIMITED = Duration.ofDays(10_000);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);
    private static final Duration FIRST_REPORT = Duration.ofSeconds(10);
    private static final Duration MAX_REPORT_INTERVAL = Duration.ofMinutes(2);

    private final String name;
    private final String advice;
    private final Progress progress;
    private final LongSupplier nanoTime;
    private final StallDetector detector;
    private final long startNanos;
    private Duration reportInterval = FIRST_REPORT;
    private Duration nextReport = FIRST_REPORT;

    StartupWait(String name, String advice, Duration stallLimit, Progress progress, LongSupplier nanoTime) {
        this.name = name;
        this.advice = advice;
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.detector = new StallDetector(stallLimit, ProgressSample.of("", 0), startNanos);
    }

    /**
     * Begins to wait.
     *
     * @param name the part that is waited for
     * @param advice what to do if it does not start: a sentence
     */
    static StartupWait begin(String name, String advice, Progress progress) {
        return new StartupWait(name, advice, STALL_LIMIT, progress, System::nanoTime);
    }

    /**
     * Begins to wait without a limit, for a part that a developer starts or halts.
     *
     * @param name the part that is waited for
     */
    static StartupWait unlimited(String name, Progress progress) {
        return new StartupWait(name, "", UNLIMITED, progress, System::nanoTime);
    }

    /**
     * Goes on waiting; to be called a few times a second.
     *
     * @throws StackException if nothing has moved for too long
     */
    void check(ProgressSample sample) {
        long now = nanoTime.getAsLong();
        Duration waited = Duration.ofNanos(now - startNanos);
        if (detector.isStalled(sample, now)) {
            throw new StackException(
                    "Gave up waiting for %s after %d s: nothing has moved for %d s: no new state, no log, hardly any processor time. Last state: %s. %s"
                            .formatted(
                                    name, waited.toSeconds(), detector.limit().toSeconds(), sample.state(), advice));
        }
        if (waited.compareTo(nextReport) >= 0) {
            progress.step("Still waiting for %s after %d s: %s".formatted(name, waited.toSeconds(), sample.state()));
            reportInterval = min(reportInterval.multipliedBy(2), MAX_REPORT_INTERVAL);
            nextReport = waited.plus(reportInterval);
        }
    }

    /**
     * Waits for a result, as long as something moves.
     *
     * @throws StackException if nothing has moved for too long
     * @throws java.util.concurrent.CompletionException if the result is a failure
     */
    <T> T until(CompletableFuture<T> result, Supplier<ProgressSample> observe) {
        while (!isDoneWithin(CHECK_INTERVAL, result)) {
            check(observe.get());
        }
        return result.join();
    }

    private static boolean isDoneWithin(Duration time, CompletableFuture<?> result) {
        try {
            result.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException | CancellationException failed) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
