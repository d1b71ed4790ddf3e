package dev.terminalcloud.benchmark.rate;

import dev.terminalcloud.benchmark.growth.Growth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the measured stack. */
final class StackOptions {
    /** Those that the stack registers in any case, and the first, which the benchmark does not use. */
    private static final int MORE_DEVICES = 20;

    @Option(names = "--data", description = "Data folder of the stack. Default: deploy/benchmark/target/rate-stack.")
    private Path data;

    @Option(names = "--running", description = "Measure the stack that runs on --data, instead of starting one.")
    private boolean running;

    @Option(names = "--keep-data", description = "Use the data of an earlier run, instead of deleting it first.")
    private boolean keepData;

    @Option(
            names = "--profile",
            defaultValue = "production",
            description = "JVM options of the stack, production or quick. Default: ${DEFAULT-VALUE}.")
    private String profile;

    @Option(
            names = "--replicas",
            defaultValue = "1",
            description = "Number of replicas of each service. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(
            names = "--connectors",
            defaultValue = "1",
            description = "Number of device connectors. Default: ${DEFAULT-VALUE}.")
    private int connectors;

    @Option(names = "--growth", description = "Fill the tables with the data of years before the measurement.")
    private boolean growth;

    @Option(
            names = "--growth-transactions",
            defaultValue = "10000000",
            description = "Number of transactions for --growth. Default: ${DEFAULT-VALUE}.")
    private long growthTransactions;

    @Option(
            names = "--growth-pairings",
            defaultValue = "1000000",
            description = "Number of pairings for --growth. Default: ${DEFAULT-VALUE}.")
    private long growthPairings;

    /** Returns the root of the repository. */
    Path home() {
        return Path.of(System.getProperty("terminalcloud.home", ""));
    }

    Path data() {
        Path folder = data == null ? home().resolve("deploy/benchmark/target/rate-stack") : data;
        return folder.toAbsolutePath().normalize();
    }

    boolean isRunning() {
        return running;
    }

    Optional<Growth> growth() {
        return growth ? Optional.of(new Growth(growthTransactions, growthPairings)) : Optional.empty();
    }

    /** Returns the options of {@code deploy/local/run}, apart from addresses and folders. */
    List<String> localOptions(int devices) {
        List<String> options = new ArrayList<>(List.of(
                "--profile",
                profile,
                "--replicas",
                Integer.toString(replicas),
                "--connectors",
                Integer.toString(connectors),
                "--devices",
                Integer.toString(devices + MORE_DEVICES)));
        if (!keepData) {
            options.add("--fresh");
        }
        return options;
    }
}
