package dev.terminalcloud.local;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

/**
 * The registered devices of the local stack, all with one, public secret.
 *
 * @param count the number of devices
 */
record DemoDevices(int count) {
    static final String SECRET = "demo";
    static final int MIN_COUNT = 20;
    static final int MAX_COUNT = 100_000;

    private static final long FIRST = 7_000_000_001L;
    private static final String OPERATOR = "operator";

    /** Concurrent requests to the administration API. */
    private static final int CONCURRENCY = 50;

    /** Returns the id of the first device, which exists for every count. */
    static String first() {
        return Long.toString(FIRST);
    }

    String last() {
        return Long.toString(FIRST + count - 1);
    }

    /**
     * Registers the devices through the administration API, which changes nothing for those already registered.
     *
     * @throws StackException if the administration API rejects a registration
     */
    void register(HttpClient client, Service pairing, String administrationPassword) {
        String credentials = Base64.getEncoder()
                .encodeToString((OPERATOR + ":" + administrationPassword).getBytes(StandardCharsets.UTF_8));
        try {
            for (long begin = FIRST; begin < FIRST + count; begin += CONCURRENCY) {
                long end = Math.min(begin + CONCURRENCY, FIRST + count);
                CompletableFuture.allOf(LongStream.range(begin, end)
                                .mapToObj(id -> register(client, pairing, credentials, Long.toString(id)))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
        } catch (CompletionException e) {
            throw new StackException(
                    "Failed to register the demo devices: %s"
                            .formatted(e.getCause().getMessage()),
                    e);
        }
    }

    private static CompletableFuture<Void> register(HttpClient client, Service pairing, String credentials, String id) {
        HttpRequest request = HttpRequest.newBuilder(pairing.uri("/admin/devices/" + id))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"secret\":\"%s\"}".formatted(SECRET)))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenAccept(response -> requireDone(id, response));
    }

    private static void requireDone(String id, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s got the response %d %s".formatted(id, response.statusCode(), response.body()));
        }
    }
}
