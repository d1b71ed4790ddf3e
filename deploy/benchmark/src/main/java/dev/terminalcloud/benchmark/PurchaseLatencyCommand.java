package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of the latency of a purchase, step by step, on a running system. */
@Command(
        name = "purchases",
        mixinStandardHelpOptions = true,
        description =
                "Measures the latency of purchases on a running system, with virtual devices that approve at once.")
final class PurchaseLatencyCommand implements Callable<Integer> {
    private static final long MAX_RECORDED_NANOS = TimeUnit.MINUTES.toNanos(1);

    @Mixin
    private SystemUnderTest cloud;

    @Option(
            names = "--concurrency",
            defaultValue = "1",
            description = "Number of registers that pay concurrently. Default: ${DEFAULT-VALUE}.")
    private int lanes;

    @Option(
            names = "--warm-up",
            defaultValue = "200",
            description = "Number of purchases to warm up, not measured. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--purchases",
            defaultValue = "200",
            description = "Number of measured purchases. Default: ${DEFAULT-VALUE}.")
    private int purchases;

    @Spec
    private CommandSpec spec;

    private final Histogram answered = new ConcurrentHistogram(MAX_RECORDED_NANOS, 3);
    private final Histogram offered = new ConcurrentHistogram(MAX_RECORDED_NANOS, 3);
    private final Histogram completed = new ConcurrentHistogram(MAX_RECORDED_NANOS, 3);

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        List<Lane> opened = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            for (int i = 0; i < lanes; i++) {
                Lane lane = new Lane(cloud, i);
                opened.add(lane);
                lane.open();
            }
            out.printf("%d devices paired; %d purchases to warm up%n", lanes, warmUp);
            run(threads, opened, warmUp);
            reset();
            out.printf("Measuring %d purchases%n", purchases);
            long begin = System.nanoTime();
            run(threads, opened, purchases);
            report(out, System.nanoTime() - begin);
            return CommandLine.ExitCode.OK;
        } finally {
            threads.shutdownNow();
            opened.forEach(Lane::close);
        }
    }

    private void run(ExecutorService threads, List<Lane> opened, int count)
            throws InterruptedException, ExecutionException {
        List<Future<Void>> running = new ArrayList<>();
        for (Lane lane : opened) {
            running.add(threads.submit(() -> pay(lane, count / lanes)));
        }
        for (Future<Void> lane : running) {
            lane.get();
        }
    }

    private Void pay(Lane lane, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            Lane.Sample sample = lane.pays();
            answered.recordValue(sample.answered());
            offered.recordValue(sample.offered());
            completed.recordValue(sample.completed());
        }
        return null;
    }

    private void reset() {
        answered.reset();
        offered.reset();
        completed.reset();
    }

    private void report(PrintWriter out, long nanos) {
        out.printf("%-28s %10s %10s %10s%n", "ms from the POST to", "median", "p99", "max");
        line(out, "its answer", answered);
        line(out, "the device's socket", offered);
        line(out, "the completed poll", completed);
        out.printf("%.1f purchases per second with concurrency %d%n", completed.getTotalCount() * 1e9 / nanos, lanes);
        out.flush();
    }

    private static void line(PrintWriter out, String name, Histogram times) {
        out.printf(
                "%-28s %10.2f %10.2f %10.2f%n",
                name,
                times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(99) / 1e6,
                times.getMaxValue() / 1e6);
    }
}
