package dev.terminalcloud.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The registration of devices through the administration API. A registration changes nothing for a device that has it, so one that the
 * service was too busy for, or not reachable for, is repeated.
 */
final class DeviceRegistration {
    /** Concurrent requests. */
    private static final int CONCURRENCY = 50;

    private static final String OPERATOR = "operator";
    private static final int OK = 200;
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final HttpClient client;
    private final Service pairing;
    private final String credentials;
    private final AtomicInteger registered = new AtomicInteger();

    /** The last reason to repeat a registration, as the end of a sentence; empty before the first. */
    private volatile String problem = "";

    DeviceRegistration(HttpClient client, Service pairing, String administrationPassword) {
        this.client = client;
        this.pairing = pairing;
        this.credentials = Base64.getEncoder()
                .encodeToString((OPERATOR + ":" + administrationPassword).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Registers the devices, all with the public secret, and returns when each is registered.
     *
     * @throws StackException if the administration API rejects a registration, or if for too long not one more succeeds
     */
    void register(List<String> ids, StartupWait wait) {
        for (int begin = 0; begin < ids.size(); begin += CONCURRENCY) {
            List<String> batch = ids.subList(begin, Math.min(begin + CONCURRENCY, ids.size()));
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(batch.stream().map(this::register).toArray(CompletableFuture[]::new));
            try {
                wait.until(all, () -> observe(ids.size()));
            } catch (CompletionException e) {
                throw new StackException(
                        "Failed to register the demo devices: %s"
                                .formatted(e.getCause().getMessage()),
                        e);
            }
        }
    }

    private ProgressSample observe(int count) {
        int done = registered.get();
        return ProgressSample.of("%d of %d are registered%s".formatted(done, count, problem), done);
    }

    private CompletableFuture<Void> register(String id) {
        HttpRequest request = HttpRequest.newBuilder(pairing.administration("/admin/devices/" + id))
                .timeout(RESPONSE_TIMEOUT)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"secret\":\"%s\"}".formatted(DemoDevices.SECRET)))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(response -> answered(id, response))
                .exceptionallyCompose(failure -> failed(id, failure));
    }

    private CompletableFuture<Void> answered(String id, HttpResponse<String> response) {
        if (response.statusCode() == OK) {
            registered.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }
        String text = "%s got the response %d %s".formatted(id, response.statusCode(), response.body());
        return TRANSIENT.contains(response.statusCode())
                ? repeat(id, text)
                : CompletableFuture.failedFuture(new IllegalStateException(text));
    }

    private CompletableFuture<Void> failed(String id, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof IOException
                ? repeat(id, "%s got no response: %s".formatted(id, cause))
                : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<Void> repeat(String id, String reason) {
        problem = ", " + reason;
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(delayed -> register(id));
    }
}
