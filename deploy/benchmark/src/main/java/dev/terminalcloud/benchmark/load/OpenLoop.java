package dev.terminalcloud.benchmark.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open-loop load: transactions arrive on schedule, whether or not earlier ones have ended, and their latency counts from the scheduled
 * time. So a chain that stalls is charged with the waiting of all transactions that arrive meanwhile, and there is nothing to correct for
 * coordinated omission.
 *
 * <p>A transaction that finds each device occupied waits for the next free one; this time counts too. A device whose transaction never
 * ends stays occupied, in later trials as well.
 */
public final class OpenLoop {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final TransactionDriver driver;
    private final TrialClock clock;
    private final Duration drainTimeout;
    private final Deque<Integer> freeDevices = new ArrayDeque<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** @param drainTimeout the time after the last arrival in which a transaction may end */
    public OpenLoop(TransactionDriver driver, Duration drainTimeout) {
        this(driver, drainTimeout, TrialClock.SYSTEM);
    }

    OpenLoop(TransactionDriver driver, Duration drainTimeout, TrialClock clock) {
        this.driver = driver;
        this.drainTimeout = drainTimeout;
        this.clock = clock;
        for (int device = 0; device < driver.devices(); device++) {
            freeDevices.add(device);
        }
    }

    /** Runs one trial to its end. One at a time. */
    public Trial run(ArrivalSchedule schedule) throws InterruptedException {
        TrialRecorder recorder = new TrialRecorder(schedule, clock.nanos());
        for (int i = 0; i < schedule.count(); i++) {
            int number = i;
            clock.awaitUntil(recorder.arrivalNanos(number));
            arrive(recorder, number);
        }
        long limit = clock.nanos() + drainTimeout.toNanos();
        while (!recorder.isFinished() && clock.nanos() < limit) {
            clock.awaitUntil(Math.min(limit, clock.nanos() + POLL_NANOS));
        }
        forgetWaiting();
        return recorder.close(clock.nanos());
    }

    /** Returns when no transaction of an earlier trial runs, or after the timeout. */
    public void awaitIdle(Duration timeout) throws InterruptedException {
        long limit = clock.nanos() + timeout.toNanos();
        while (!isIdle() && clock.nanos() < limit) {
            clock.awaitUntil(clock.nanos() + POLL_NANOS);
        }
    }

    private synchronized boolean isIdle() {
        return freeDevices.size() == driver.devices();
    }

    private void arrive(TrialRecorder recorder, int number) {
        Optional<Integer> device = take(() -> arrive(recorder, number));
        device.ifPresent(free -> driver.begin(free, new Transaction(recorder, number, free)));
    }

    /** Returns a free device; without one, keeps the arrival until there is one. */
    private synchronized Optional<Integer> take(Runnable arrival) {
        Optional<Integer> device = Optional.ofNullable(freeDevices.pollFirst());
        if (device.isEmpty()) {
            waiting.addLast(arrival);
        }
        return device;
    }

    private void release(int device) {
        Optional<Runnable> next = giveBack(device);
        next.ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> giveBack(int device) {
        freeDevices.addLast(device);
        return Optional.ofNullable(waiting.pollFirst());
    }

    private synchronized void forgetWaiting() {
        waiting.clear();
    }

    /** One transaction on its device. */
    private final class Transaction implements TransactionObserver {
        private final TrialRecorder recorder;
        private final int number;
        private final int device;
        private final AtomicBoolean over = new AtomicBoolean();

        Transaction(TrialRecorder recorder, int number, int device) {
            this.recorder = recorder;
            this.number = number;
            this.device = device;
        }

        @Override
        public void reachedDevice() {
            recorder.reachedDevice(number, clock.nanos());
        }

        @Override
        public void ended() {
            recorder.ended(number, clock.nanos());
            finish();
        }

        @Override
        public void failed(String reason) {
            recorder.failed(number, reason);
            finish();
        }

        private void finish() {
            if (over.compareAndSet(false, true)) {
                release(device);
            }
        }
    }
}
