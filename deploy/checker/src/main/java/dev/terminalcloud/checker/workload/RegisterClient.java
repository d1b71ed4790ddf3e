package dev.terminalcloud.checker.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.CompletionMode;
import dev.terminalcloud.checker.plan.Plan;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The HTTP client of a register. It records each request with its response. */
final class RegisterClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;

    /** Longer than the maximum time for which a synchronous request is held. */
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(125);

    private static final Duration CODE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI cloud;
    private final History history;
    private final String merchant;
    private final Optional<URI> callbacks;
    private final Semaphore pairingPermits;
    private final Map<String, String> names = new LinkedHashMap<>();
    private JsonNode newest = TextNode.valueOf("");

    /**
     * Creates an unpaired register.
     *
     * @param callbacks the callback URL, if it wants callbacks
     * @param pairingPermits limits concurrent pairings: all registers have one address, whose pairings are processed one after the other
     */
    RegisterClient(
            HttpClient http,
            URI cloud,
            History history,
            String merchant,
            Optional<URI> callbacks,
            Semaphore pairingPermits) {
        this.http = http;
        this.cloud = cloud;
        this.history = history;
        this.merchant = merchant;
        this.callbacks = callbacks;
        this.pairingPermits = pairingPermits;
        names.put("POSRegisterID", UUID.randomUUID().toString());
        names.put("POSRegisterName", merchant);
        names.put("POSBusinessName", "Checker");
        names.put("POSVendorName", "Checker");
    }

    /** Pairs with the device, with as many attempts as necessary while the run goes on. */
    void pairs(ScriptedDevice terminal, BooleanSupplier goesOn) throws InterruptedException {
        boolean paired = false;
        while (!paired && goesOn.getAsBoolean()) {
            pairingPermits.acquire();
            try {
                Optional<String> code = terminal.pairingCode(CODE_TIMEOUT);
                paired = code.isPresent() && pairs(code.get(), terminal.id());
            } finally {
                pairingPermits.release();
            }
        }
    }

    private boolean pairs(String code, String deviceId) throws InterruptedException {
        HttpRequest request = form("Pairing/" + code)
                .timeout(REQUEST_TIMEOUT)
                .PUT(BodyPublishers.ofString(encoded(names)))
                .build();
        try {
            int status = http.send(request, BodyHandlers.ofString()).statusCode();
            history.record(new HistoryEntry.Paired(merchant, deviceId, status));
            return status == OK;
        } catch (IOException e) {
            history.record(new HistoryEntry.Paired(merchant, deviceId, 0));
            return false;
        }
    }

    /** Starts a transaction, and returns the response if one arrived within the plan's client timeout. */
    Optional<HistoryEntry.Answered> starts(Plan plan) throws InterruptedException {
        boolean callback = plan.callback() && callbacks.isPresent();
        history.record(
                new HistoryEntry.Sent(plan.number(), merchant, plan.mode().name(), plan.function(), callback));
        HttpRequest request = form("Transaction")
                .timeout(plan.clientTimeout()
                        .orElse(plan.mode() == CompletionMode.SYNCHRONOUS ? SYNC_TIMEOUT : REQUEST_TIMEOUT))
                .POST(BodyPublishers.ofString(encoded(parameters(plan, callback))))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            HistoryEntry.Answered answered =
                    new HistoryEntry.Answered(plan.number(), response.statusCode(), json(response.body()));
            history.record(answered);
            return Optional.of(answered);
        } catch (IOException e) {
            history.record(new HistoryEntry.Unanswered(plan.number(), e.toString()));
            return Optional.empty();
        }
    }

    private Map<String, String> parameters(Plan plan, boolean callback) {
        Map<String, String> parameters = new LinkedHashMap<>(names);
        parameters.put("TransactionMode", plan.mode() == CompletionMode.POLLING ? "ASYNC" : "");
        parameters.put("TransactionType", plan.function());
        parameters.put("AmountTotal", Long.toString(plan.amountCents()));
        if (callback) {
            parameters.put("PosNotificationCallbackUrl", callbacks.orElseThrow().toString());
        }
        return parameters;
    }

    /** Polls, and returns the body if the status is 200. */
    Optional<JsonNode> polls(UUID transactionId, URI pollingUrl) throws InterruptedException {
        return exchange(transactionId, HttpRequest.newBuilder(pollingUrl).GET());
    }

    /** Requests a cancellation, and returns the body if the status is 200. */
    Optional<JsonNode> cancels(UUID transactionId, URI pollingUrl) throws InterruptedException {
        history.record(new HistoryEntry.CancelSent(transactionId));
        URI url = URI.create(pollingUrl.toString().replace("?", "/cancel?"));
        return exchange(transactionId, HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()));
    }

    private Optional<JsonNode> exchange(UUID transactionId, HttpRequest.Builder builder) throws InterruptedException {
        long asked = System.nanoTime();
        HttpRequest request = builder.timeout(REQUEST_TIMEOUT).build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode body = shared(json(response.body()));
            history.record(new HistoryEntry.Polled(transactionId, asked, response.statusCode(), body));
            return response.statusCode() == OK ? Optional.of(body) : Optional.empty();
        } catch (IOException e) {
            history.record(new HistoryEntry.PollUnanswered(transactionId, e.toString()));
            return Optional.empty();
        }
    }

    /** Most responses equal the previous one, and share one object: a long run has to fit into memory. */
    private JsonNode shared(JsonNode body) {
        if (!body.equals(newest)) {
            newest = body;
        }
        return newest;
    }

    private HttpRequest.Builder form(String path) {
        return HttpRequest.newBuilder(cloud.resolve("/POS/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(body);
        }
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
