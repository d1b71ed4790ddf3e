package dev.terminalcloud.benchmark;

import dev.terminalcloud.virtualregister.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of the polls per second of one replica, compared with a Quarkus endpoint that only answers. */
@Command(
        name = "polls",
        mixinStandardHelpOptions = true,
        description = {
            "Measures polls per second of a finished and of a running transaction, and GETs per second of a bare",
            "Quarkus endpoint, round-robin in the same run."
        })
final class PollRateCommand implements Callable<Integer> {
    private static final String BARE = "bare endpoint";
    private static final long APPROVED = 500;
    private static final long NEVER_ENDS = 559;

    @Mixin
    private SystemUnderTest cloud;

    @Option(
            names = "--service",
            required = true,
            description = "Address of transaction-service, bypassing the gateway, as for the bare endpoint.")
    private URI service;

    @Option(names = "--bare-endpoint", required = true, description = "Jar of the bare endpoint.")
    private Path bareEndpoint;

    @Option(
            names = "--connections",
            defaultValue = "32",
            description = "Number of connections. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Number of rounds after one to warm up. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Number of seconds for each address in a round. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (BareEndpointProcess bare = BareEndpointProcess.start(bareEndpoint);
                Lane finished = new Lane(cloud, 0);
                Lane running = new Lane(cloud, 1);
                Load load = new Load(connections)) {
            finished.open();
            running.open();
            Answer completed = finished.pollUntilCompleted(finished.start(APPROVED));
            Map<String, URI> addresses = new LinkedHashMap<>();
            addresses.put(BARE, bare.address());
            addresses.put("finished transaction", pollingUrl(completed));
            addresses.put("running transaction", pollingUrl(running.start(NEVER_ENDS)));
            report(out, measure(out, load, addresses));
        }
        return CommandLine.ExitCode.OK;
    }

    private URI pollingUrl(Answer answer) {
        return service.resolve(
                "/pos/transaction/%s?merchantAccessToken=%s".formatted(answer.transactionId(), answer.token()));
    }

    /** Measures each address once per round, so that other load of the machine affects all alike. */
    private Map<String, List<Double>> measure(PrintWriter out, Load load, Map<String, URI> addresses)
            throws IOException, InterruptedException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, URI> address : addresses.entrySet()) {
                double rate = load.rate(address.getValue(), Duration.ofSeconds(seconds));
                out.printf("round %d  %-22s %8.0f per second%n", round, address.getKey(), rate);
                out.flush();
                if (round > 0) {
                    rates.computeIfAbsent(address.getKey(), name -> new ArrayList<>())
                            .add(rate);
                }
            }
        }
        return rates;
    }

    private static void report(PrintWriter out, Map<String, List<Double>> rates) {
        double bare = median(rates.get(BARE));
        out.printf("%n%-22s %12s %8s%n", "median of the rounds", "per second", "of bare");
        rates.forEach((name, ofRounds) ->
                out.printf("%-22s %12.0f %7.0f%%%n", name, median(ofRounds), 100 * median(ofRounds) / bare));
        out.flush();
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
