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
import java.util.function.IntPredicate;

/** Gauges of a replica of transaction-service: of the requests that it holds and has not answered, and of its connections. */
final class ServiceGauges {
    private static final String HELD = "transaction_requests_held";
    private static final String ACTIVE = "http_server_active_requests{server_port=\"%d\"";
    private static final String CONNECTIONS = "http_server_active_connections{server_port=\"%d\"";
    private static final String PORT = "QUARKUS_MANAGEMENT_PORT=";
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private ServiceGauges() {}

    /** Waits until so many requests are held by the process, which {@code deploy/local/run} started on this machine. */
    static void awaitHeld(long pid, int requests, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        await(pid, HELD, held -> held >= requests, timeout, "%d of " + requests + " requests are held");
    }

    /** Waits until the process has answered all requests at this port, whether or not a client has read the answers. */
    static void awaitAnswered(long pid, int port, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        await(pid, ACTIVE.formatted(port), active -> active == 0, timeout, "%d requests are not answered");
    }

    /** Returns the number of connections to this port of the process. */
    static int connections(long pid, int port) throws IOException, InterruptedException {
        return read(client(), metrics(pid), CONNECTIONS.formatted(port));
    }

    /** Waits until this port of the process has at most so many connections. */
    static void awaitConnections(long pid, int port, int most, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        await(pid, CONNECTIONS.formatted(port), open -> open <= most, timeout, "%d connections are open");
    }

    private static void await(long pid, String gauge, IntPredicate reached, Duration timeout, String state)
            throws IOException, InterruptedException, TimeoutException {
        URI metrics = metrics(pid);
        HttpClient http = client();
        long end = System.nanoTime() + timeout.toNanos();
        int value = read(http, metrics, gauge);
        while (!reached.test(value)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("Timed out while " + state.formatted(value));
            }
            TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
            value = read(http, metrics, gauge);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static URI metrics(long pid) throws IOException {
        return URI.create("http://127.0.0.1:" + managementPort(pid) + "/q/metrics");
    }

    private static int read(HttpClient http, URI metrics, String gauge) throws IOException, InterruptedException {
        String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(gauge))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException(metrics + " has no " + gauge));
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
