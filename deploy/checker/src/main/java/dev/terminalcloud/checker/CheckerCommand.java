package dev.terminalcloud.checker;

import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.fault.FaultTargets;
import dev.terminalcloud.checker.fault.FaultType;
import dev.terminalcloud.checker.fault.RecordReplayer;
import dev.terminalcloud.checker.fault.StackProcesses;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.Plans;
import dev.terminalcloud.checker.report.RunReport;
import dev.terminalcloud.checker.stack.Stack;
import dev.terminalcloud.checker.stack.StackSize;
import dev.terminalcloud.checker.stack.StoredState;
import dev.terminalcloud.checker.workload.Address;
import dev.terminalcloud.checker.workload.AdminApi;
import dev.terminalcloud.checker.workload.DeviceIds;
import dev.terminalcloud.checker.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code deploy/checker/run}. */
@Command(
        name = "deploy/checker/run",
        mixinStandardHelpOptions = true,
        description =
                "Tries to refute what the system promises: merchants run a workload while components fail, and at the"
                        + " end everything that registers were shown is compared with what devices did.%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:the run failed", "2:invalid option", "3:a rule was violated"})
final class CheckerCommand implements Callable<Integer> {
    private static final int RULE_VIOLATED = 3;

    private static final long FIRST_DEVICE = 7_000_000_021L;
    private static final int TAKEN_DEVICES = 20;
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(
            names = "--transactions",
            defaultValue = "1000000",
            paramLabel = "COUNT",
            description = "Maximum number of transactions. Default: ${DEFAULT-VALUE}.")
    private int transactions;

    @Option(
            names = "--duration",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "Maximum duration of the workload in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--registers",
            defaultValue = "20",
            paramLabel = "COUNT",
            description = "Number of merchants, each with a register and two devices. Default: ${DEFAULT-VALUE}.")
    private int registers;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Seed of the workload and of the order of faults. Default: random, printed at the start.")
    private Long seed;

    @Option(
            names = "--calm-devices",
            description = "Devices follow the protocol, and have power and network all the time.")
    private boolean calmDevices;

    @Option(
            names = "--max-payment",
            defaultValue = "15",
            paramLabel = "SECONDS",
            description =
                    "Limit for the slowest payment in a run with planned changes only. Default: ${DEFAULT-VALUE}.")
    private int maxPaymentSeconds;

    @Mixin
    private FaultOptions faultOptions;

    @Mixin
    private StackSizeOptions stackOptions;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of a running system; no faults are injected there. Default: starts its own stack.")
    private URI url;

    @Option(
            names = "--devices-url",
            split = ",",
            defaultValue = "mqtt://localhost:1883",
            paramLabel = "URL",
            description = "Addresses for devices, together with --url. Default: ${DEFAULT-VALUE}.")
    private List<URI> devicesUrls;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Check the history.jsonl of an earlier run again, and run nothing.")
    private Path earlierHistory;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Folder of the history and the report. Default: target/runs/<time>.")
    private Path output;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        // Libraries log each connection that a fault breaks.
        LogManager.getLogManager().reset();
        System.exit(new CommandLine(new CheckerCommand())
                .setExecutionExceptionHandler(new FailureOutput())
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, SQLException {
        List<Fault> chosen = faultOptions.chosen();
        if (earlierHistory != null) {
            return report(
                    new RunReport(History.read(earlierHistory)),
                    earlierHistory.toAbsolutePath().getParent());
        }
        long used = seed == null ? new SecureRandom().nextInt() : seed;
        Path home = Path.of(System.getProperty("terminalcloud.home", ".")).toAbsolutePath();
        Path results = Files.createDirectories(output == null ? newFolder(home) : output);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Seed %d, results in %s%n", used, results);
        out.flush();
        try (History history = new History(results.resolve("history.jsonl"))) {
            history.record(new HistoryEntry.Begun(used, TimeUnit.SECONDS.toMillis(maxPaymentSeconds)));
            if (url == null) {
                checkOwnStack(home, results, chosen, used, history, out);
            } else {
                runWorkload(new Address(url, devicesUrls), List.of(), Optional.empty(), results, used, history, out);
            }
            return report(new RunReport(history.entries()), results);
        }
    }

    private static Path newFolder(Path home) {
        return home.resolve("deploy/checker/target/runs")
                .resolve(LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
    }

    private void checkOwnStack(Path home, Path results, List<Fault> chosen, long used, History history, PrintWriter out)
            throws InterruptedException, ExecutionException, SQLException {
        StackSize size = stackOptions.size(TAKEN_DEVICES + 2 * registers + 1, chosen);
        try (Stack stack = Stack.start(home, results, size)) {
            List<Fault> faults = possible(chosen, stack, out);
            Optional<RecordReplayer> replayer = Fault.has(faults, FaultType.DUPLICATE_RECORDS)
                    ? Optional.of(RecordReplayer.of(stack.kafka()))
                    : Optional.empty();
            try {
                FaultTargets targets = new FaultTargets(
                        new StackProcesses(stack.data()), stack.proxies(), replayer, stack.disk(), stack.rollouts());
                runWorkload(stack.address(), faults, Optional.of(targets), results, used, history, out);
            } finally {
                replayer.ifPresent(RecordReplayer::close);
            }
            StoredState storedState = new StoredState(history);
            storedState.readDatabase(stack.database());
            storedState.readDeadLetters(stack.kafka());
        }
    }

    private static List<Fault> possible(List<Fault> chosen, Stack stack, PrintWriter out) {
        if (stack.disk().isPresent() || !Fault.has(chosen, FaultType.DISK_FULL)) {
            return chosen;
        }
        out.println("Skipping disk-full-kafka: only root can mount a separate disk for Kafka");
        return chosen.stream()
                .filter(fault -> fault.kind() != FaultType.DISK_FULL)
                .toList();
    }

    private void runWorkload(
            Address address,
            List<Fault> chosen,
            Optional<FaultTargets> targets,
            Path results,
            long used,
            History history,
            PrintWriter out)
            throws InterruptedException, ExecutionException {
        DeviceIds devices = new DeviceIds(FIRST_DEVICE, "demo-device-secret");
        Supplier<Optional<AdminApi>> adminApi =
                () -> targets.flatMap(all -> all.processes().adminApi());
        try (Workload workload =
                new Workload(address, devices, registers, new Plans(used, calmDevices), history, adminApi)) {
            new CheckerRun(workload, history, out, Duration.ofSeconds(seconds), transactions, results.resolve("stop"))
                    .go(chosen, faultOptions.concurrent(), faultOptions.interval(), targets, used);
        }
    }

    private int report(RunReport report, Path results) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        report.write(results);
        out.println(report.markdown());
        report.violations().forEach(violation -> out.println(report.describe(violation)));
        out.flush();
        return report.violations().isEmpty() ? CommandLine.ExitCode.OK : RULE_VIOLATED;
    }
}
