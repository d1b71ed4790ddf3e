package dev.terminalcloud.benchmark.load;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The latencies of a trial while it runs. Thread-safe; what is repeated, or recorded after {@link #close}, has no effect. */
final class TrialRecorder {
    private static final long MAX_RECORDED_NANOS = TimeUnit.MINUTES.toNanos(30);

    private final ArrivalSchedule schedule;
    private final long beginNanos;
    private final Histogram toDevice = new Histogram(MAX_RECORDED_NANOS, 3);
    private final Histogram toEnd = new Histogram(MAX_RECORDED_NANOS, 3);
    private final Set<Integer> beforeDevice = new HashSet<>();
    private final Set<Integer> beforeEnd = new HashSet<>();
    private long ended;
    private long failed;
    private long lastNanos;
    private Optional<String> firstFailure = Optional.empty();
    private boolean closed;

    TrialRecorder(ArrivalSchedule schedule, long beginNanos) {
        this.schedule = schedule;
        this.beginNanos = beginNanos;
        this.lastNanos = beginNanos;
        for (int number = 0; number < schedule.count(); number++) {
            beforeDevice.add(number);
            beforeEnd.add(number);
        }
    }

    /**
     * Returns the time at which a transaction arrives.
     *
     * @param number from 0
     */
    long arrivalNanos(int number) {
        return beginNanos + schedule.offsetNanos(number);
    }

    synchronized void reachedDevice(int number, long nanos) {
        if (!closed && beforeDevice.remove(number)) {
            toDevice.recordValue(nanos - arrivalNanos(number));
        }
    }

    synchronized void ended(int number, long nanos) {
        if (!closed && beforeEnd.remove(number)) {
            toEnd.recordValue(nanos - arrivalNanos(number));
            ended++;
            lastNanos = nanos;
        }
    }

    synchronized void failed(int number, String reason) {
        if (!closed && beforeEnd.remove(number)) {
            beforeDevice.remove(number);
            failed++;
            firstFailure = firstFailure.or(() -> Optional.of(reason));
        }
    }

    synchronized boolean isFinished() {
        return beforeEnd.isEmpty();
    }

    /** Ends the trial: what has not ended counts with its age. */
    synchronized Trial close(long nanos) {
        closed = true;
        beforeDevice.forEach(number -> toDevice.recordValue(nanos - arrivalNanos(number)));
        beforeEnd.forEach(number -> toEnd.recordValue(nanos - arrivalNanos(number)));
        long end = beforeEnd.isEmpty() ? lastNanos : nanos;
        return new Trial(schedule, toDevice, toEnd, ended, failed, beforeEnd.size(), end - beginNanos, firstFailure);
    }
}
