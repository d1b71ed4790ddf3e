package dev.terminalcloud.checker;

import dev.terminalcloud.checker.check.Violation;
import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.fault.FaultTargets;
import dev.terminalcloud.checker.fault.FaultType;
import dev.terminalcloud.checker.fault.RecordReplayer;
import dev.terminalcloud.checker.fault.StackProcesses;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.report.RunReport;
import dev.terminalcloud.checker.stack.Stack;
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
import java.util.function.Supplier;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code deploy/checker/run}. */
@Command(
        name = "deploy/checker/run",
        mixinStandardHelpOptions = true,
        description = {
            "Tries to refute what the system promises: shops do business on it while its parts fail, and in the end",
            "everything that anybody was told is compared with what the devices did.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no promise was broken",
            "1:the run could not be made",
            "2:an option is wrong",
            "3:a promise was broken"
        })
final class CheckerCommand implements Callable<Integer> {
    private static final int PROMISE_BROKEN = 3;

    private static final long FIRST_DEVICE = 7_000_000_021L;
    private static final int TAKEN_DEVICES = 20;
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(names = "--transactions", defaultValue = "1000000", description = "End after so many transactions.")
    private int transactions;

    @Option(names = "--duration", defaultValue = "120", description = "End after so many seconds: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--registers", defaultValue = "20", description = "Shops, each with two devices: ${DEFAULT-VALUE}.")
    private int registers;

    @Option(names = "--seed", description = "What registers, devices and people do (random; it is printed).")
    private Long seed;

    @Option(
            names = "--faults",
            split = ",",
            defaultValue = "short",
            description = "Names like kill-kafka, or all, short, none: ${DEFAULT-VALUE}.")
    private List<String> faults;

    @Option(
            names = "--concurrent-faults",
            defaultValue = "1",
            description = "Faults at the same time: ${DEFAULT-VALUE}.")
    private int atOnce;

    @Option(
            names = "--fault-interval",
            defaultValue = "3",
            description = "Seconds between two faults: ${DEFAULT-VALUE}.")
    private int pause;

    @Option(names = "--replicas", defaultValue = "2", description = "Of each service: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(names = "--connectors", defaultValue = "2", description = "Device connectors: ${DEFAULT-VALUE}.")
    private int connectors;

    @Option(
            names = "--clock-skew",
            defaultValue = "0",
            description = "Minutes by which the replicas' clocks are wrong; needs libfaketime: ${DEFAULT-VALUE}.")
    private int clockSkew;

    @Option(
            names = "--kafka-disk-size",
            defaultValue = "4g",
            description = "Size of Kafka's disk, with the fault disk-full-kafka; needs root: ${DEFAULT-VALUE}.")
    private String disk;

    @Option(names = "--url", description = "A system that runs already, which is not made to fail.")
    private URI url;

    @Option(
            names = "--devices-url",
            split = ",",
            defaultValue = "mqtt://localhost:1883",
            description = "With --url: where devices connect.")
    private List<URI> devicesUrls;

    @Option(names = "--history", description = "Judges the history.jsonl of an earlier run again, and runs nothing.")
    private Path judged;

    @Option(names = "--output", description = "Where the history and the report go (target/runs/<time>).")
    private Path folder;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        // What the libraries think of connections that are lost on purpose is no result.
        LogManager.getLogManager().reset();
        System.exit(new CommandLine(new CheckerCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, SQLException {
        List<Fault> chosen = chosenFaults();
        if (judged != null) {
            return report(
                    new RunReport(History.read(judged)), judged.toAbsolutePath().getParent());
        }
        long used = seed == null ? new SecureRandom().nextInt() : seed;
        Path home = Path.of(System.getProperty("terminalcloud.home", ".")).toAbsolutePath();
        Path results = Files.createDirectories(folder == null ? newFolder(home) : folder);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("seed %d, results in %s%n", used, results);
        out.flush();
        try (History history = new History(results.resolve("history.jsonl"))) {
            history.record(new HistoryEntry.Begun(used));
            if (url == null) {
                checkOwnStack(home, results, chosen, used, history, out);
            } else {
                business(new Address(url, devicesUrls), List.of(), Optional.empty(), results, used, history, out);
            }
            return report(new RunReport(history.entries()), results);
        }
    }

    private List<Fault> chosenFaults() {
        try {
            return Fault.named(faults);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Path newFolder(Path home) {
        return home.resolve("deploy/checker/target/runs")
                .resolve(LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
    }

    private void checkOwnStack(Path home, Path results, List<Fault> chosen, long used, History history, PrintWriter out)
            throws InterruptedException, ExecutionException, SQLException {
        boolean fills = chosen.stream().anyMatch(fault -> fault.kind() == FaultType.DISK_FULL);
        Stack.Size size = new Stack.Size(
                replicas,
                connectors,
                TAKEN_DEVICES + 2 * registers + 1,
                clockSkew,
                fills ? Optional.of(disk) : Optional.empty());
        try (Stack stack = Stack.start(home, results, size);
                RecordReplayer repeats = RecordReplayer.of(stack.kafka())) {
            FaultTargets targets =
                    new FaultTargets(new StackProcesses(stack.data()), stack.proxies(), repeats, stack.disk());
            business(stack.address(), possible(chosen, stack, out), Optional.of(targets), results, used, history, out);
            StoredState storedState = new StoredState(history);
            storedState.readDatabase(stack.database());
            storedState.readDeadLetters(stack.kafka());
        }
    }

    private static List<Fault> possible(List<Fault> chosen, Stack stack, PrintWriter out) {
        if (stack.disk().isPresent() || chosen.stream().noneMatch(fault -> fault.kind() == FaultType.DISK_FULL)) {
            return chosen;
        }
        out.println("Kafka's disk is not filled: only root can give it a disk of its own");
        return chosen.stream()
                .filter(fault -> fault.kind() != FaultType.DISK_FULL)
                .toList();
    }

    private void business(
            Address address,
            List<Fault> chosen,
            Optional<FaultTargets> targets,
            Path results,
            long used,
            History history,
            PrintWriter out)
            throws InterruptedException, ExecutionException {
        DeviceIds devices = new DeviceIds(FIRST_DEVICE, "demo");
        Supplier<Optional<AdminApi>> adminApi =
                () -> targets.flatMap(all -> all.processes().adminApi());
        try (Workload workload = new Workload(address, devices, registers, used, history, adminApi)) {
            new CheckerRun(workload, history, out, Duration.ofSeconds(seconds), transactions, results.resolve("stop"))
                    .go(chosen, atOnce, Duration.ofSeconds(pause), targets, used);
        }
    }

    private int report(RunReport report, Path results) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        report.write(results);
        out.println(report.markdown());
        for (Violation violation : report.violations()) {
            out.printf(
                    "%s (seed %d), request %d, transaction %s: %s%n%s%n%n",
                    violation.rule(),
                    report.seed(),
                    violation.number(),
                    violation.transactionId(),
                    violation.what(),
                    report.historyOf(violation));
        }
        out.flush();
        return report.violations().isEmpty() ? CommandLine.ExitCode.OK : PROMISE_BROKEN;
    }
}
