package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of idle connections: their memory in the connector, and the recovery when all of their devices reconnect at once. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = {
            "Measures idle connections: connects many idle devices and prints the connector's memory for each. Then all lose",
            "their connections at once and reconnect, while one register goes on paying."
        })
final class IdleConnectionsCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** The cause of the loss of connections. */
    enum Loss {
        NETWORK,
        KILL
    }

    @Mixin
    private SystemUnderTest cloud;

    @Option(names = "--pid", required = true, description = "Process id of device-connector, on this machine.")
    private long pid;

    @Option(
            names = "--kafka",
            required = true,
            description = "Kafka's bootstrap servers, for the consumer lag of the services.")
    private String kafka;

    @Option(
            names = "--connections",
            defaultValue = "19500",
            description = "Number of idle devices. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--concurrency",
            defaultValue = "1000",
            description = "Number of devices that connect concurrently. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--loss",
            defaultValue = "NETWORK",
            description = {
                "Cause of the loss. NETWORK: the devices' connections break. KILL: the connector is killed; something must",
                "restart it, as deploy/local/run --restart does. Default: ${DEFAULT-VALUE}."
            })
    private Loss loss;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        out = spec.commandLine().getOut();
        long heapBefore = JavaHeap.reachableKilobytes(pid);
        ProcessFigures before = ProcessFigures.of(pid);
        long begin = System.nanoTime();
        try (PayingRegister register = new PayingRegister(cloud, connections);
                ConsumerLag lag = new ConsumerLag(kafka);
                IdleFleet fleet = new IdleFleet(cloud, connections, concurrency)) {
            fleet.awaitAll(TIMEOUT);
            say("%d devices are connected after %.1f s".formatted(connections, secondsSince(begin)));
            awaitServices(lag, begin);
            reportMemory(heapBefore, before);
            say("before the loss: " + register.figures());
            long lost = System.nanoTime();
            lose(fleet);
            fleet.awaitAll(TIMEOUT);
            say("all %d devices are connected %.1f s after the loss".formatted(connections, secondsSince(lost)));
            awaitServices(lag, lost);
            say("since the loss: " + register.figures());
            return CommandLine.ExitCode.OK;
        }
    }

    private void lose(IdleFleet fleet) throws IOException, InterruptedException, TimeoutException {
        if (loss == Loss.KILL) {
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        } else {
            fleet.cut();
        }
        fleet.await(connected -> connected < connections / 2, TIMEOUT);
    }

    private void reportMemory(long heapBefore, ProcessFigures before) throws IOException, InterruptedException {
        long heap = JavaHeap.reachableKilobytes(pid) - heapBefore;
        ProcessFigures now = ProcessFigures.of(pid);
        long resident = now.residentMegabytes() - before.residentMegabytes();
        say("connector before: %s, %d KB of heap; now: %s".formatted(before, heapBefore, now));
        say("each connection: %.1f KB of heap after a full collection, %.1f KB resident"
                .formatted(1.0 * heap / connections, 1024.0 * resident / connections));
    }

    private void awaitServices(ConsumerLag lag, long begin) throws IOException, InterruptedException {
        awaitService(lag, "transaction-service", begin);
        awaitService(lag, "pairing-service", begin);
    }

    /** Waits until the service has caught up, except for a few events: the paying register produces new ones all the time. */
    private void awaitService(ConsumerLag lag, String group, long begin) throws IOException, InterruptedException {
        long maxLag = 0;
        for (long behind = lag.of(group); behind > connections / 100; behind = lag.of(group)) {
            maxLag = Math.max(maxLag, behind);
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        say("%s caught up after %.1f s; maximum lag %d events".formatted(group, secondsSince(begin), maxLag));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
