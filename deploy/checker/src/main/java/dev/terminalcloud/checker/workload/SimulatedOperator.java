package dev.terminalcloud.checker.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Somebody who states how transactions ended of which their devices have lost every trace; and who tries it, too, with the one that has
 * been running for longest, of which its device may still tell.
 */
final class SimulatedOperator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String RESULT = "failed";
    private static final String STATEMENT = "{\"result\":\"" + RESULT + "\",\"reason\":\"the checker says so\"}";

    private final HttpClient http;
    private final History history;
    private final Supplier<Optional<AdminApi>> adminApi;

    /** @param adminApi that works now, if there is one */
    SimulatedOperator(HttpClient http, History history, Supplier<Optional<AdminApi>> adminApi) {
        this.http = http;
        this.history = history;
        this.adminApi = adminApi;
    }

    void run(BooleanSupplier goesOn) throws InterruptedException {
        while (goesOn.getAsBoolean()) {
            Optional<AdminApi> open = adminApi.get();
            if (open.isPresent()) {
                for (JsonNode unresolved : list(open.get(), "unresolved&limit=20")) {
                    resolve(open.get(), unresolved);
                }
                for (JsonNode running : list(open.get(), "unfinished&limit=1")) {
                    resolve(open.get(), running);
                }
            }
            Pause.sleep(POLL_INTERVAL);
        }
    }

    private JsonNode list(AdminApi open, String state) throws InterruptedException {
        HttpRequest request = to(open, "?state=" + state).GET().build();
        try {
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                    .path("transactions");
        } catch (IOException unavailable) {
            return JSON.createArrayNode();
        }
    }

    private void resolve(AdminApi open, JsonNode transaction) throws InterruptedException {
        UUID id = UUID.fromString(transaction.path("id").asText());
        HttpRequest request = to(open, "/" + id + "/outcome")
                .PUT(BodyPublishers.ofString(STATEMENT))
                .build();
        // What is recorded before it was answered can't be missing if the answer is lost.
        history.record(new HistoryEntry.ManuallyResolved(id, RESULT, 0));
        try {
            int status = http.send(request, BodyHandlers.ofString()).statusCode();
            history.record(new HistoryEntry.ManuallyResolved(id, RESULT, status));
        } catch (IOException unavailable) {
            // Then it may have been taken or not.
        }
    }

    private static HttpRequest.Builder to(AdminApi open, String path) {
        String credentials = Base64.getEncoder().encodeToString(("operator:" + open.password()).getBytes(UTF_8));
        return HttpRequest.newBuilder(open.service().resolve("/admin/transactions" + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + credentials);
    }
}
