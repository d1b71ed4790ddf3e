package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Purpose;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.RegisterNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** The HTTP client of a register. It records each request with its response. */
final class RegisterClient {
    private static final int OK = 200;
    private static final Duration CODE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final PosRequests requests;
    private final History history;
    private final String merchant;
    private final Semaphore pairingPermits;
    private final StartClient starts;
    private final RegisterNames names;
    private JsonNode newest = TextNode.valueOf("");

    /** Empty while it is unclear which pairing is the newest. */
    private Optional<String> pairingToken = Optional.empty();

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
        this.requests = new PosRequests(cloud);
        this.history = history;
        this.merchant = merchant;
        this.pairingPermits = pairingPermits;
        this.names = RegisterNames.random(merchant, "Checker", "Checker");
        this.starts = new StartClient(http, requests, history, merchant, names, callbacks);
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
        HttpRequest request =
                requests.pair(code, names.parameters()).timeout(REQUEST_TIMEOUT).build();
        pairingToken = Optional.empty();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            history.record(new HistoryEntry.Paired(merchant, deviceId, response.statusCode()));
            pairingToken = Answer.of(response).pairingToken();
            return response.statusCode() == OK;
        } catch (IOException e) {
            history.record(new HistoryEntry.Paired(merchant, deviceId, 0));
            return false;
        }
    }

    /** Returns the newest pairing token, if it is known. */
    Optional<String> pairingToken() {
        return pairingToken;
    }

    /** Starts a transaction as its plan says, and returns the response if there is one. */
    Optional<HistoryEntry.Answered> starts(Start start, BooleanSupplier goesOn) throws InterruptedException {
        return starts.start(start, goesOn);
    }

    /** Sends another start once, and returns at once: the future has the response, if one arrives. */
    CompletableFuture<Optional<HistoryEntry.Answered>> startsAtTheSameTime(Start start) {
        return starts.startOnce(start);
    }

    /** Repeats a start with its key. */
    void repeatsStart(Start start) throws InterruptedException {
        Optional<HistoryEntry.Answered> unused = starts.repeat(start);
    }

    /** Polls, and returns the body if the status is 200. */
    Optional<JsonNode> polls(UUID transactionId, URI pollingUrl) throws InterruptedException {
        return exchange(transactionId, Purpose.POLL, PosRequests.poll(pollingUrl), REQUEST_TIMEOUT);
    }

    /** Waits for another version than this one, and returns the body if the status is 200. */
    Optional<JsonNode> awaitsChange(UUID transactionId, URI pollingUrl, long version, Duration wait)
            throws InterruptedException {
        return exchange(
                transactionId,
                Purpose.LONG_POLL,
                PosRequests.longPoll(pollingUrl, version, wait),
                REQUEST_TIMEOUT.plus(wait));
    }

    /** Requests a cancellation, and returns the body if the status is 200. */
    Optional<JsonNode> cancels(UUID transactionId, URI pollingUrl) throws InterruptedException {
        history.record(new HistoryEntry.CancelSent(transactionId));
        return exchange(transactionId, Purpose.CANCEL, PosRequests.cancel(pollingUrl), REQUEST_TIMEOUT);
    }

    /** Opens an event stream when it is first read. */
    EventStream streams(OpenTransaction transaction) {
        return new EventStream(http, history, transaction);
    }

    /** Finds the transactions with the reference of this request; empty if it has no pairing token, or if the status is not 200. */
    Optional<List<JsonNode>> looksUp(Plan plan) throws InterruptedException {
        if (pairingToken.isEmpty() || plan.reference().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> parameters = names.copy();
        parameters.put("POSReferenceID", plan.reference().get());
        HttpRequest request = requests.list(parameters, pairingToken.get())
                .timeout(REQUEST_TIMEOUT)
                .build();
        HistoryEntry.LookedUp lookUp = lookedUp(plan, request);
        history.record(lookUp);
        return lookUp.status() == OK ? Optional.of(lookUp.transactions()) : Optional.empty();
    }

    private HistoryEntry.LookedUp lookedUp(Plan plan, HttpRequest request) throws InterruptedException {
        long asked = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new HistoryEntry.LookedUp(
                    plan.number(),
                    asked,
                    response.statusCode(),
                    Answer.of(response).body());
        } catch (IOException e) {
            return new HistoryEntry.LookedUp(plan.number(), asked, 0, TextNode.valueOf(e.toString()));
        }
    }

    /** Reads the transaction with the pairing token, if there is one. */
    void readsByToken(UUID transactionId) throws InterruptedException {
        if (pairingToken.isPresent()) {
            Optional<JsonNode> unused = exchange(
                    transactionId,
                    Purpose.LOOK_UP,
                    requests.find(transactionId.toString(), pairingToken.get()),
                    REQUEST_TIMEOUT);
        }
    }

    private Optional<JsonNode> exchange(
            UUID transactionId, Purpose purpose, HttpRequest.Builder builder, Duration timeout)
            throws InterruptedException {
        long asked = System.nanoTime();
        HttpRequest request = builder.timeout(timeout).build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode body = shared(Answer.of(response).body());
            history.record(new HistoryEntry.Polled(transactionId, asked, response.statusCode(), body, purpose));
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
}
