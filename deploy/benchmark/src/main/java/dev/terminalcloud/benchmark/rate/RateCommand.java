package dev.terminalcloud.benchmark.rate;

import com.google.errorprone.annotations.FormatMethod;
import dev.terminalcloud.benchmark.cloud.CloudDriver;
import dev.terminalcloud.benchmark.floor.FloorDriver;
import dev.terminalcloud.benchmark.floor.FloorProcess;
import dev.terminalcloud.benchmark.load.OpenLoop;
import dev.terminalcloud.benchmark.report.RatePage;
import dev.terminalcloud.benchmark.report.RateReport;
import dev.terminalcloud.benchmark.report.RateText;
import dev.terminalcloud.benchmark.stack.MeasuredStack;
import dev.terminalcloud.benchmark.stack.OwnStack;
import dev.terminalcloud.benchmark.stack.StackCounters;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of whole transactions at fixed rates and at the maximum one, compared with a bare chain of raw clients. */
@Command(
        name = "rate",
        mixinStandardHelpOptions = true,
        description = {
            "Measures latency and cost of whole transactions at fixed rates, and the maximum rate, on a stack that it",
            "starts; and the same of a bare chain of raw clients on the Kafka and the PostgreSQL of that stack."
        })
public final class RateCommand implements Callable<Integer> {
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);

    @Mixin
    private RateOptions options;

    @Mixin
    private StackOptions stackOptions;

    @Option(
            names = "--page",
            description = "File of the page with the figures. Default: deploy/benchmark/target/rate.html.")
    private Path page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        RatePlan plan = options.plan();
        if (stackOptions.isRunning()) {
            measure(stackOptions.data(), plan);
            return CommandLine.ExitCode.OK;
        }
        print("Starting a stack: deploy/local/run %s", String.join(" ", stackOptions.localOptions(options.devices())));
        try (OwnStack started = OwnStack.start(
                stackOptions.home(), stackOptions.data(), stackOptions.localOptions(options.devices()))) {
            measure(started.data(), plan);
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(Path data, RatePlan plan) throws IOException, SQLException, InterruptedException {
        MeasuredStack stack = MeasuredStack.on(data);
        if (stackOptions.growth().isPresent()) {
            stackOptions.growth().get().fill(stack, spec.commandLine().getOut());
        }
        Vertx vertx = Vertx.vertx();
        try (StackCounters counters = StackCounters.open(stack);
                FloorProcess chain = FloorProcess.start(stack, stack.javaOptions())) {
            print("Connecting %d devices", options.devices());
            FloorDriver floor = FloorDriver.open(vertx, chain, options.devices());
            CloudDriver system = CloudDriver.open(
                    vertx, stack, options.firstDevice(), options.devices(), options.mode(), options.isPastGateway());
            RateReport report = new RateRun(
                            stack, counters, plan, spec.commandLine().getOut())
                    .measure(
                            Setting.of(stack, options, stackOptions.growth()),
                            new Subject(
                                    "floor",
                                    new OpenLoop(floor, DRAIN_TIMEOUT),
                                    () -> counters.processors("bare chain", chain.handle()),
                                    true),
                            new Subject("system", new OpenLoop(system, DRAIN_TIMEOUT), counters::processors, false));
            floor.close();
            system.close();
            write(report);
        } finally {
            vertx.close();
        }
    }

    private void write(RateReport report) throws IOException {
        print("%n%s", RateText.of(report));
        Path file = (page == null ? stackOptions.home().resolve("deploy/benchmark/target/rate.html") : page)
                .toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, RatePage.of(report));
        print("The page with the figures: %s", file.toUri());
    }

    @FormatMethod
    private void print(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(format.formatted(arguments));
        out.flush();
    }
}
