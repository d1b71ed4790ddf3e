package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.history.Entry;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.shop.Pause;
import dev.terminalcloud.checker.shop.Probe;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Makes one part after the other fail, and measures how long it takes until a register can pay again. */
public final class FaultInjector {
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Processes processes;
    private final History history;
    private final Probe probe;
    private final AtomicInteger numbers;
    private final SplittableRandom random;
    private final BooleanSupplier goesOn;

    /** @param numbers of the run's faults */
    public FaultInjector(
            Processes processes,
            History history,
            Probe probe,
            AtomicInteger numbers,
            SplittableRandom random,
            BooleanSupplier goesOn) {
        this.processes = processes;
        this.history = history;
        this.probe = probe;
        this.numbers = numbers;
        this.random = random;
        this.goesOn = goesOn;
    }

    /** Each of the faults in a random order, again and again, until it is told to stop; what it did has ended then. */
    public void inject(List<Fault> faults, Duration pause) {
        awaitPurchaseSince(System.nanoTime());
        while (goesOn.getAsBoolean()) {
            for (Fault fault : shuffled(faults)) {
                Pause.of(pause);
                if (!goesOn.getAsBoolean()) {
                    return;
                }
                inject(fault);
            }
        }
    }

    private List<Fault> shuffled(List<Fault> faults) {
        return faults.stream()
                .map(fault -> new Turn(random.nextLong(), fault))
                .sorted()
                .map(Turn::fault)
                .toList();
    }

    private record Turn(long when, Fault fault) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return Long.compare(when, other.when);
        }
    }

    private void inject(Fault fault) {
        int number = numbers.incrementAndGet();
        history.record(new Entry.FaultBegan(number, fault.toString()));
        long begin = System.nanoTime();
        carryOut(fault);
        history.record(new Entry.FaultEnded(number));
        if (awaitPurchaseSince(begin)) {
            history.record(new Entry.Recovered(number, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
        }
    }

    private boolean awaitPurchaseSince(long nanos) {
        long begin = System.nanoTime();
        while (goesOn.getAsBoolean() && System.nanoTime() - begin < RECOVERY_LIMIT.toNanos()) {
            if (probe.hasPaidSince(nanos)) {
                return true;
            }
            Pause.of(LOOK_EVERY);
        }
        return false;
    }

    private void carryOut(Fault fault) {
        List<ProcessHandle> living = processes.of(fault.part());
        if (living.isEmpty()) {
            return;
        }
        ProcessHandle one = living.get(random.nextInt(living.size()));
        switch (fault.kind()) {
            case KILL -> processes.kill(one);
            case TERMINATE -> processes.terminate(fault.part(), one);
            case PAUSE, LONG_PAUSE -> pause(fault.kind(), one);
            case OUTAGE, LONG_OUTAGE -> outage(fault);
        }
    }

    private void pause(Kind kind, ProcessHandle process) {
        processes.stop(process);
        try {
            Pause.of(length(kind));
        } finally {
            processes.resume(process);
        }
    }

    /** What is started in the place of those that were killed is stopped before it can do anything. */
    private void outage(Fault fault) {
        long end = System.nanoTime() + length(fault.kind()).toNanos();
        Set<ProcessHandle> killed = new HashSet<>(processes.of(fault.part()));
        Set<ProcessHandle> stopped = new HashSet<>();
        killed.forEach(processes::kill);
        try {
            while (System.nanoTime() - end < 0) {
                processes.of(fault.part()).stream()
                        .filter(process -> !killed.contains(process) && stopped.add(process))
                        .forEach(processes::stop);
                Pause.of(LOOK_EVERY);
            }
        } finally {
            stopped.forEach(processes::resume);
        }
    }

    private Duration length(Kind kind) {
        return Duration.ofMillis(random.nextLong(kind.leastSeconds() * 1_000L, kind.mostSeconds() * 1_000L + 1));
    }
}
