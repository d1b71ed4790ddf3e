package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The number of requests that wait in a replica of transaction-service, from its gauge {@code transaction.requests.held}. */
final class HeldRequestsGauge {
    private static final String GAUGE = "transaction_requests_held";
    private static final String PORT = "QUARKUS_MANAGEMENT_PORT=";
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private HeldRequestsGauge() {}

    /** Waits until so many requests are held by the process, which {@code deploy/local/run} started on this machine. */
    static void await(long pid, int requests, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        URI metrics = URI.create("http://127.0.0.1:" + managementPort(pid) + "/q/metrics");
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long end = System.nanoTime() + timeout.toNanos();
        while (held(http, metrics) < requests) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("Only %d of %d requests are held".formatted(held(http, metrics), requests));
            }
            TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
        }
    }

    private static int held(HttpClient http, URI metrics) throws IOException, InterruptedException {
        String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(GAUGE))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException(metrics + " has no " + GAUGE));
    }

    private static String managementPort(long pid) throws IOException {
        String environment = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
        return Arrays.stream(environment.split("\0"))
                .filter(variable -> variable.startsWith(PORT))
                .map(variable -> variable.substring(PORT.length()))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "Process %d has no %s: --pid must be transaction-service".formatted(pid, PORT)));
    }
}
