package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.proxy.TcpProxies;
import dev.terminalcloud.checker.proxy.TcpProxies.Target;
import dev.terminalcloud.checker.workload.Pause;
import dev.terminalcloud.checker.workload.RecoveryProbe;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Injects one fault after the other, and measures the time until a register can pay again. */
public final class FaultInjector {
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration REPLAY_INTERVAL = Duration.ofMillis(500);
    private static final int REPLAYED_RECORDS = 15;

    private final FaultTargets targets;
    private final History history;
    private final RecoveryProbe probe;
    private final AtomicInteger numbers;
    private final SplittableRandom random;
    private final BooleanSupplier goesOn;

    /** @param numbers the source of the numbers of the run's faults */
    public FaultInjector(
            FaultTargets targets,
            History history,
            RecoveryProbe probe,
            AtomicInteger numbers,
            SplittableRandom random,
            BooleanSupplier goesOn) {
        this.targets = targets;
        this.history = history;
        this.probe = probe;
        this.numbers = numbers;
        this.random = random;
        this.goesOn = goesOn;
    }

    /** Injects the faults in random order, repeatedly until the run ends; all of them have ended when it returns. */
    public void inject(List<Fault> faults, Duration pause) {
        awaitPurchaseSince(System.nanoTime());
        while (goesOn.getAsBoolean()) {
            for (Fault fault : shuffled(faults)) {
                Pause.sleep(pause);
                if (!goesOn.getAsBoolean()) {
                    return;
                }
                inject(fault);
            }
        }
    }

    private List<Fault> shuffled(List<Fault> faults) {
        return faults.stream()
                .map(fault -> new ScheduledFault(random.nextLong(), fault))
                .sorted()
                .map(ScheduledFault::fault)
                .toList();
    }

    private record ScheduledFault(long when, Fault fault) implements Comparable<ScheduledFault> {
        @Override
        public int compareTo(ScheduledFault other) {
            return Long.compare(when, other.when);
        }
    }

    private void inject(Fault fault) {
        int number = numbers.incrementAndGet();
        history.record(new FaultEntry.FaultBegan(number, fault.toString()));
        long begin = System.nanoTime();
        try {
            execute(fault);
        } catch (UncheckedIOException e) {
            history.record(new FaultEntry.FaultNotInjected(number, e.toString()));
        }
        history.record(new FaultEntry.FaultEnded(number));
        if (awaitPurchaseSince(begin)) {
            history.record(new FaultEntry.Recovered(number, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
        }
    }

    private boolean awaitPurchaseSince(long nanos) {
        long begin = System.nanoTime();
        while (goesOn.getAsBoolean() && System.nanoTime() - begin < RECOVERY_LIMIT.toNanos()) {
            if (probe.hasPaidSince(nanos)) {
                return true;
            }
            Pause.sleep(POLL_INTERVAL);
        }
        return false;
    }

    private void execute(Fault fault) {
        Component part = fault.part();
        Duration length = length(fault.kind());
        switch (fault.kind()) {
            case KILL -> oneOf(part).ifPresent(StackProcesses::kill);
            case TERMINATE -> oneOf(part).ifPresent(one -> StackProcesses.terminate(part, one));
            case PAUSE, LONG_PAUSE -> oneOf(part).ifPresent(one -> pause(one, length));
            case OUTAGE, LONG_OUTAGE -> outage(part, length);
            case CONNECTION_RESET, STALL, BLACKHOLE, LATENCY, LOST_COMMIT_ACK -> degradeNetwork(fault, length);
            case DUPLICATE_RECORDS -> replayRecords(length);
            case DUPLICATE_CONNECTOR ->
                oneOf(part).ifPresent(one -> DuplicateConnector.start(one, targets.processes(), length));
            case DISK_FULL -> targets.disk().ifPresent(disk -> fill(disk, length));
            case DATA_LOSS -> targets.processes().loseKafka();
            case ROLLING_RESTART -> targets.rollouts().orElseThrow().replace(part);
        }
    }

    private Optional<ProcessHandle> oneOf(Component part) {
        List<ProcessHandle> living = targets.processes().of(part);
        return living.isEmpty() ? Optional.empty() : Optional.of(living.get(random.nextInt(living.size())));
    }

    private static void pause(ProcessHandle process, Duration length) {
        StackProcesses.stop(process);
        try {
            Pause.sleep(length);
        } finally {
            StackProcesses.resume(process);
        }
    }

    /** Kills all processes of the component, and stops their replacements before they can do anything. */
    private void outage(Component part, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        Set<ProcessHandle> killed = new HashSet<>(targets.processes().of(part));
        Set<ProcessHandle> stopped = new HashSet<>();
        killed.forEach(StackProcesses::kill);
        try {
            while (System.nanoTime() - end < 0) {
                targets.processes().of(part).stream()
                        .filter(process -> !killed.contains(process) && stopped.add(process))
                        .forEach(StackProcesses::stop);
                Pause.sleep(POLL_INTERVAL);
            }
        } finally {
            stopped.forEach(StackProcesses::resume);
        }
    }

    /** Degrades the connections of one process, or of all, to a server. */
    private void degradeNetwork(Fault fault, Duration length) {
        TcpProxies proxies = targets.proxies();
        Target server = fault.part() == Component.DATABASE ? Target.POSTGRES : Target.KAFKA;
        int count = proxies.count(server);
        List<Integer> which = random.nextBoolean()
                ? List.of(random.nextInt(count))
                : IntStream.range(0, count).boxed().toList();
        try {
            switch (fault.kind()) {
                case CONNECTION_RESET -> proxies.resetConnections(server, which);
                case STALL -> proxies.stall(server, which);
                case BLACKHOLE -> proxies.blackholeConnections(server, which);
                case LATENCY -> proxies.addLatency(server, which, Duration.ofMillis(random.nextInt(50, 500)));
                default -> proxies.resetOnCommit(which);
            }
            Pause.sleep(length);
        } finally {
            proxies.restore(server, which);
        }
    }

    private void replayRecords(Duration length) {
        RecordReplayer replayer = targets.replayer().orElseThrow();
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            history.record(new FaultEntry.Repeated(replayer.replay(random, REPLAYED_RECORDS)));
            Pause.sleep(REPLAY_INTERVAL);
        }
    }

    private static void fill(SizeLimitedDisk disk, Duration length) {
        try {
            disk.fill();
            Pause.sleep(length);
        } finally {
            disk.clear();
        }
    }

    private Duration length(FaultType kind) {
        return Duration.ofMillis(random.nextLong(kind.minSeconds() * 1_000L, kind.maxSeconds() * 1_000L + 1));
    }
}
