package dev.terminalcloud.checker;

import dev.terminalcloud.checker.check.HistoryIndex;
import dev.terminalcloud.checker.check.Rule;
import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.fault.FaultInjector;
import dev.terminalcloud.checker.fault.FaultTargets;
import dev.terminalcloud.checker.history.History;
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

/** One run: business and faults at the same time, then quiet until all has ended. */
final class CheckerRun {
    /** 105 s until something that runs is overdue, and some. */
    private static final Duration END_TIMEOUT = Duration.ofMinutes(2);

    /** Until a callback that a killed replica had under way is another's. */
    private static final Duration CALLBACK_TIMEOUT = Duration.ofSeconds(40);

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    private static final int JUDGING_SHARE = 30;

    private final Workload workload;
    private final History history;
    private final PrintWriter out;
    private final long begin = System.nanoTime();
    private final long end;
    private final int maxTransactions;
    private final Path stop;

    /** Of the thread that tells the progress. */
    private final Figures figures = new Figures(List.of());

    private int counted;
    private volatile int accepted;
    private volatile boolean stopped;
    private int violations;
    private long judgeNext = begin;

    /** @param stop ends the business as soon as there is such a file */
    CheckerRun(Workload workload, History history, PrintWriter out, Duration duration, int maxTransactions, Path stop) {
        this.stop = stop;
        this.workload = workload;
        this.history = history;
        this.out = out;
        this.end = begin + duration.toNanos();
        this.maxTransactions = maxTransactions;
    }

    /** @param atOnce how many faults there may be at the same time */
    void go(List<Fault> faults, int atOnce, Duration pause, Optional<FaultTargets> targets, long seed)
            throws InterruptedException, ExecutionException {
        ExecutorService injectors = Executors.newCachedThreadPool();
        ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> unused = progress.scheduleWithFixedDelay(
                this::printProgress, PROGRESS_EVERY.toMillis(), PROGRESS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        try {
            List<Future<?>> injecting = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(seed);
            AtomicInteger numbers = new AtomicInteger();
            for (int i = 0; i < atOnce && !faults.isEmpty(); i++) {
                FaultInjector injector = new FaultInjector(
                        targets.orElseThrow(), history, workload.probe(), numbers, random.split(), this::goesOn);
                injecting.add(injectors.submit(() -> injector.inject(faults, pause)));
            }
            workload.run(this::goesOn);
            for (Future<?> injector : injecting) {
                injector.get();
            }
            out.printf("business is over; waiting for %d transactions that are open%n", workload.openCount());
            out.flush();
            workload.awaitEnd(END_TIMEOUT);
            awaitCallbacks();
            workload.recordFinalState();
        } finally {
            injectors.shutdownNow();
            progress.shutdownNow();
        }
    }

    private boolean goesOn() {
        return System.nanoTime() - end < 0 && accepted < maxTransactions && !stopped;
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
        judge();
        out.printf(
                "%4d s  %6d ended, %3d a second  %s  delayed %d  faults %d  violations %d%n",
                seconds,
                figures.completed(),
                figures.completed() / seconds,
                figures.outcomes(),
                figures.delayedNow(),
                figures.faults(),
                violations);
        out.flush();
    }

    /** Judging all that there is takes longer and longer: it may not take more than a small part of the time. */
    private void judge() {
        long start = System.nanoTime();
        if (start - judgeNext < 0) {
            return;
        }
        violations = Rule.presentViolations(new HistoryIndex(history.entries())).size();
        long end = System.nanoTime();
        judgeNext = end + JUDGING_SHARE * (end - start);
    }
}
