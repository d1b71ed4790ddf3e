package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of what devices at full speed do to the purchases on other devices. */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        description = "Measures purchases while none, one and more other devices send as fast as they can.")
final class FloodCommand implements Callable<Integer> {
    private static final long MAX_RECORDED_NANOS = TimeUnit.MINUTES.toNanos(1);

    @Mixin
    private SystemUnderTest cloud;

    @Option(
            names = "--registers",
            defaultValue = "4",
            description = "Number of registers that pay, each on a device of its own. Default: ${DEFAULT-VALUE}.")
    private int registers;

    @Option(
            names = "--per-second",
            defaultValue = "2",
            description = "Purchases of each register per second, at most. Default: ${DEFAULT-VALUE}.")
    private int perSecond;

    @Option(
            names = "--floods",
            split = ",",
            defaultValue = "0,1,10",
            description = "Numbers of devices that send as fast as they can. Default: ${DEFAULT-VALUE}.")
    private List<Integer> floods;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Time to measure each number of them. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    private long quietP99Nanos;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        List<Lane> opened = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(registers);
        try {
            for (int i = 0; i < registers; i++) {
                Lane lane = new Lane(cloud, i);
                opened.add(lane);
                lane.open();
            }
            Histogram unused =
                    purchases(threads, opened, Duration.ofSeconds(seconds).dividedBy(2));
            out.printf(
                    "%-8s %10s %10s %10s %10s %8s %12s%n",
                    "floods", "purchases", "median ms", "p99 ms", "max ms", "ratio", "messages/s");
            for (int flooding : floods) {
                measure(out, threads, opened, flooding);
            }
            return CommandLine.ExitCode.OK;
        } finally {
            threads.shutdownNow();
            opened.forEach(Lane::close);
        }
    }

    private void measure(PrintWriter out, ExecutorService threads, List<Lane> opened, int flooding)
            throws InterruptedException, ExecutionException {
        LongAdder sent = new LongAdder();
        LongAdder connections = new LongAdder();
        List<FloodingDevice> devices = new ArrayList<>();
        for (int i = 0; i < flooding; i++) {
            devices.add(new FloodingDevice(cloud, registers + i, sent, connections));
        }
        Histogram times = purchases(threads, opened, Duration.ofSeconds(seconds));
        devices.forEach(FloodingDevice::close);
        long p99Nanos = times.getValueAtPercentile(99);
        quietP99Nanos = flooding == 0 ? p99Nanos : quietP99Nanos;
        out.printf(
                "%-8d %10d %10.1f %10.1f %10.1f %8.2f %12.0f (%d connections)%n",
                flooding,
                times.getTotalCount(),
                times.getValueAtPercentile(50) / 1e6,
                p99Nanos / 1e6,
                times.getMaxValue() / 1e6,
                p99Nanos / (double) quietP99Nanos,
                sent.sum() / (double) seconds,
                connections.sum());
        out.flush();
    }

    private Histogram purchases(ExecutorService threads, List<Lane> opened, Duration time)
            throws InterruptedException, ExecutionException {
        Histogram times = new ConcurrentHistogram(MAX_RECORDED_NANOS, 3);
        long end = System.nanoTime() + time.toNanos();
        List<Future<Void>> running = new ArrayList<>();
        for (Lane lane : opened) {
            running.add(threads.submit(() -> payUntil(end, lane, times)));
        }
        for (Future<Void> lane : running) {
            lane.get();
        }
        return times;
    }

    private Void payUntil(long end, Lane lane, Histogram times) throws IOException, InterruptedException {
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        while (System.nanoTime() - end < 0) {
            long began = System.nanoTime();
            times.recordValue(lane.pays().completed());
            LockSupport.parkNanos(began + pause - System.nanoTime());
        }
        return null;
    }
}
