package dev.terminalcloud.checker;

import dev.terminalcloud.checker.check.HistoryIndex;
import dev.terminalcloud.checker.check.Rule;
import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.fault.FaultInjector;
import dev.terminalcloud.checker.fault.FaultTargets;
import dev.terminalcloud.checker.fault.RunFailedException;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.report.Figures;
import dev.terminalcloud.checker.workload.Pause;
import dev.terminalcloud.checker.workload.Workload;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One run: workload and faults at the same time, then no faults until all transactions have ended. */
final class CheckerRun {
    /** More than the 105 s after which a running transaction is overdue. */
    private static final Duration END_TIMEOUT = Duration.ofMinutes(2);

    /** Time until another replica takes over a callback that a killed replica had begun. */
    private static final Duration CALLBACK_TIMEOUT = Duration.ofSeconds(40);

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    private static final int CHECK_SHARE = 30;

    private final Workload workload;
    private final History history;
    private final PrintWriter out;
    private final long begin = System.nanoTime();
    private final long end;
    private final int maxTransactions;
    private final Path stop;

    /** Used by the progress thread only. */
    private final Figures figures = new Figures(List.of());

    private int counted;
    private volatile int accepted;
    private volatile boolean stopped;
    private volatile boolean failed;
    private int violations;
    private long nextCheckNanos = begin;

    /** @param stop ends the workload as soon as this file exists */
    CheckerRun(Workload workload, History history, PrintWriter out, Duration duration, int maxTransactions, Path stop) {
        this.stop = stop;
        this.workload = workload;
        this.history = history;
        this.out = out;
        this.end = begin + duration.toNanos();
        this.maxTransactions = maxTransactions;
    }

    /** @param concurrentFaults the maximum number of faults at the same time */
    void go(List<Fault> faults, int concurrentFaults, Duration faultInterval, Optional<FaultTargets> targets, long seed)
            throws InterruptedException, ExecutionException {
        ExecutorService injectors = Executors.newCachedThreadPool();
        ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> unused = progress.scheduleWithFixedDelay(
                this::printProgress, PROGRESS_INTERVAL.toMillis(), PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            List<Future<?>> injecting = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(seed);
            AtomicInteger numbers = new AtomicInteger();
            for (int i = 0; i < concurrentFaults && !faults.isEmpty(); i++) {
                FaultInjector injector = new FaultInjector(
                        targets.orElseThrow(), history, workload.probe(), numbers, random.split(), this::goesOn);
                injecting.add(injectors.submit(() -> inject(injector, faults, faultInterval)));
            }
            workload.run(this::goesOn);
            history.record(new HistoryEntry.WorkloadEnded());
            for (Future<?> injector : injecting) {
                injector.get();
            }
            out.printf("Workload finished, waiting for %d pending transactions%n", workload.openCount());
            out.flush();
            workload.awaitEnd(END_TIMEOUT);
            awaitCallbacks();
            workload.recordFinalState();
        } finally {
            injectors.shutdownNow();
            progress.shutdownNow();
        }
    }

    /** A run without its faults would show nothing. */
    private void inject(FaultInjector injector, List<Fault> faults, Duration interval) {
        try {
            injector.inject(faults, interval);
        } catch (RunFailedException e) {
            failed = true;
            throw e;
        }
    }

    private boolean goesOn() {
        return System.nanoTime() - end < 0 && accepted < maxTransactions && !stopped && !failed;
    }

    private void awaitCallbacks() {
        long limit = System.nanoTime() + CALLBACK_TIMEOUT.toNanos();
        while (System.nanoTime() - limit < 0
                && !Rule.CALLBACKS_ARRIVE
                        .violations(new HistoryIndex(history.entries()))
                        .isEmpty()) {
            Pause.sleep(Duration.ofSeconds(1));
        }
    }

    private void printProgress() {
        List<TimestampedEntry> news = history.entriesFrom(counted);
        counted += news.size();
        news.forEach(figures::add);
        accepted = figures.accepted();
        stopped = Files.exists(stop);
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        check();
        out.printf(
                "%4d s  %6d ended, %3d per second  %s  delayed %d  faults %d  violations %d%n",
                seconds,
                figures.completed(),
                figures.completed() / seconds,
                figures.outcomes(),
                figures.delayedNow(),
                figures.faults(),
                violations);
        out.flush();
    }

    /** Checks the history so far. That takes longer and longer, so it may take only a small share of the time. */
    private void check() {
        long start = System.nanoTime();
        if (start - nextCheckNanos < 0) {
            return;
        }
        violations = Rule.currentViolations(new HistoryIndex(history.entries())).size();
        long end = System.nanoTime();
        nextCheckNanos = end + CHECK_SHARE * (end - start);
    }
}
