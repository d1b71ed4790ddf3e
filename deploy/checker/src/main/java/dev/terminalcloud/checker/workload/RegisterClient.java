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

/** A till: its names, and HTTP. It records each request with its answer. */
final class RegisterClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;

    /** Longer than the longest that a synchronous request may be held. */
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(125);

    private static final Duration CODE_WAIT = Duration.ofSeconds(20);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI cloud;
    private final History history;
    private final String shop;
    private final Optional<URI> callbacks;
    private final Semaphore turns;
    private final Map<String, String> names = new LinkedHashMap<>();
    private JsonNode newest = TextNode.valueOf("");

    /**
     * Not paired yet.
     *
     * @param callbacks where it may be called back
     * @param turns of those that want to be paired: all have one address, and of one address one is paired after the other
     */
    RegisterClient(HttpClient http, URI cloud, History history, String shop, Optional<URI> callbacks, Semaphore turns) {
        this.http = http;
        this.cloud = cloud;
        this.history = history;
        this.shop = shop;
        this.callbacks = callbacks;
        this.turns = turns;
        names.put("POSRegisterID", UUID.randomUUID().toString());
        names.put("POSRegisterName", shop);
        names.put("POSBusinessName", "Checker");
        names.put("POSVendorName", "Checker");
    }

    /** Pairs with the device that the terminal is, however often that has to be tried while it is told to go on. */
    void pairs(ScriptedDevice terminal, BooleanSupplier goesOn) throws InterruptedException {
        boolean paired = false;
        while (!paired && goesOn.getAsBoolean()) {
            turns.acquire();
            try {
                Optional<String> code = terminal.pairingCode(CODE_WAIT);
                paired = code.isPresent() && pairs(code.get(), terminal.id());
            } finally {
                turns.release();
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
            history.record(new HistoryEntry.Paired(shop, deviceId, status));
            return status == OK;
        } catch (IOException e) {
            history.record(new HistoryEntry.Paired(shop, deviceId, 0));
            return false;
        }
    }

    /** Starts a transaction; the answer if one came within the register's patience. */
    Optional<HistoryEntry.Answered> starts(Plan plan) throws InterruptedException {
        boolean callback = plan.callback() && callbacks.isPresent();
        history.record(new HistoryEntry.Sent(plan.number(), shop, plan.mode().name(), plan.function(), callback));
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

    /** The body, if the poll was answered with 200. */
    Optional<JsonNode> polls(UUID transactionId, URI pollingUrl) throws InterruptedException {
        return asks(transactionId, HttpRequest.newBuilder(pollingUrl).GET());
    }

    /** Asks for the end; the body, if that was answered with 200. */
    Optional<JsonNode> cancels(UUID transactionId, URI pollingUrl) throws InterruptedException {
        history.record(new HistoryEntry.CancelSent(transactionId));
        URI url = URI.create(pollingUrl.toString().replace("?", "/cancel?"));
        return asks(transactionId, HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()));
    }

    private Optional<JsonNode> asks(UUID transactionId, HttpRequest.Builder question) throws InterruptedException {
        long asked = System.nanoTime();
        HttpRequest request = question.timeout(REQUEST_TIMEOUT).build();
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

    /** Most answers are as the one before: a long run has to be kept in memory. */
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
