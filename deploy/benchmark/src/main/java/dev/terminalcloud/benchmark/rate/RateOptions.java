package dev.terminalcloud.benchmark.rate;

import dev.terminalcloud.benchmark.cloud.Mode;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the load. */
final class RateOptions {
    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "20,50,100,200,400",
            description = "Transactions per second. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Length of each trial in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = "Length of the warm-up of the floor and of the system in seconds. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--rest",
            defaultValue = "20",
            description = "Length of the measurement at rest in seconds. Default: ${DEFAULT-VALUE}.")
    private int rest;

    @Option(
            names = "--max-rate",
            defaultValue = "3000",
            description = "Maximum rate of the search; 0 for no search. Default: ${DEFAULT-VALUE}.")
    private int maxRate;

    @Option(
            names = "--p99-limit",
            defaultValue = "300",
            description = "Latency to the end in ms up to which a rate is sustained. Default: ${DEFAULT-VALUE}.")
    private int p99Limit;

    @Option(
            names = "--devices",
            defaultValue = "300",
            description = "Number of devices, each with a register. Default: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(
            names = "--first-device",
            defaultValue = "7000000002",
            description = "Id of the first device; the others have consecutive ids. Default: ${DEFAULT-VALUE}.")
    private long firstDevice;

    @Option(
            names = "--mode",
            defaultValue = "sync",
            description = "sync or async: held requests or polls. Default: ${DEFAULT-VALUE}.")
    private Mode mode;

    @Option(names = "--past-gateway", description = "Send transactions to transaction-service itself.")
    private boolean pastGateway;

    RatePlan plan() {
        return new RatePlan(
                rates,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(rest),
                Duration.ofMillis(p99Limit),
                maxRate);
    }

    int devices() {
        return devices;
    }

    long firstDevice() {
        return firstDevice;
    }

    Mode mode() {
        return mode;
    }

    boolean isPastGateway() {
        return pastGateway;
    }
}
