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
 * An operator who resolves the transactions whose devices have lost their journal; and who also tries to resolve the oldest running one,
 * whose device may still report.
 */
final class SimulatedOperator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String RESULT = "failed";
    private static final String RESOLUTION = "{\"result\":\"" + RESULT + "\",\"reason\":\"resolved by the checker\"}";

    private final HttpClient http;
    private final History history;
    private final Supplier<Optional<AdminApi>> adminApi;

    /** @param adminApi returns the administration API of a running service, if any */
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
                .PUT(BodyPublishers.ofString(RESOLUTION))
                .build();
        // Recorded before the response, so that the attempt is in the history even if the response is lost.
        history.record(new HistoryEntry.ManuallyResolved(id, RESULT, 0));
        try {
            int status = http.send(request, BodyHandlers.ofString()).statusCode();
            history.record(new HistoryEntry.ManuallyResolved(id, RESULT, status));
        } catch (IOException unavailable) {
            // The resolution may have been accepted or not.
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
