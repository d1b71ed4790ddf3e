package dev.terminalcloud.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.posapi.PairingToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A till: plain HTTP, form bodies. */
final class FakeRegister {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A response. */
    record Answer(int status, String type, JsonNode body) {
        UUID transactionId() {
            return UUID.fromString(body.path("transactionId").asText());
        }

        String token() {
            return body.path("merchantAccessToken").asText();
        }

        String data(String member) {
            return body.path("data").path(member).asText(null);
        }

        String error() {
            return body.path("error").asText(null);
        }
    }

    private final URI service;
    private final String id = UUID.randomUUID().toString();
    private final String vendor;
    private final PairingToken pairingToken = new PairingToken(UUID.randomUUID().toString());

    FakeRegister(URI service) {
        this(service, "Vendor & Söhne");
    }

    FakeRegister(URI service, String vendor) {
        this.service = service;
        this.vendor = vendor;
    }

    String id() {
        return id;
    }

    String vendor() {
        return vendor;
    }

    String business() {
        return "Joe's Café / Main St.";
    }

    /** Returns what it has got when it was paired. It sends it only when it is told to. */
    PairingToken pairingToken() {
        return pairingToken;
    }

    Map<String, String> purchase(long cents) {
        Map<String, String> parameters = names();
        parameters.put("TransactionMode", "ASYNC");
        parameters.put("TransactionType", "Card.Purchase");
        parameters.put("AmountTotal", Long.toString(cents));
        return parameters;
    }

    Answer pays(long cents) {
        return posts(purchase(cents));
    }

    Answer posts(Map<String, String> parameters) {
        return postsAsync(parameters).join();
    }

    CompletableFuture<Answer> postsAsync(Map<String, String> parameters) {
        return send(request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters))));
    }

    Answer postsWithToken(Map<String, String> parameters, String token) {
        return sends(request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Pairing-Token", token)
                .POST(BodyPublishers.ofString(form(parameters))));
    }

    Answer postsWithKey(Map<String, String> parameters, String key) {
        return postsWithKeyAsync(parameters, key).join();
    }

    CompletableFuture<Answer> postsWithKeyAsync(Map<String, String> parameters, String key) {
        return send(start(parameters).header("Idempotency-Key", key));
    }

    HttpRequest.Builder start(Map<String, String> parameters) {
        return request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters)));
    }

    /** Lists its transactions with its token. */
    Answer lists(Map<String, String> parameters) {
        return sends(request("/POS/Transaction?" + form(parameters)).header("Pairing-Token", pairingToken.text()));
    }

    /** Looks one transaction up by its id, with this pairing token. */
    Answer looksUp(String id, String token) {
        return sends(request("/POS/Transaction/" + id).header("Pairing-Token", token));
    }

    /** Ends its pairing, with this token. */
    Answer unpairs(String token) {
        return unpairsAsync(token).join();
    }

    CompletableFuture<Answer> unpairsAsync(String token) {
        return send(request("/POS/Pairing?" + form(names()))
                .header("Pairing-Token", token)
                .DELETE());
    }

    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("POSRegisterID", id);
        names.put("POSBusinessName", business());
        names.put("POSVendorName", vendor());
        return names;
    }

    Answer polls(Answer started) {
        return gets("/pos/transaction/" + started.transactionId() + "?merchantAccessToken=" + started.token());
    }

    Answer cancels(Answer started) {
        return sends(request("/pos/transaction/" + started.transactionId() + "/cancel?merchantAccessToken="
                        + started.token())
                .POST(BodyPublishers.noBody()));
    }

    /** Polls with additional parameters. */
    CompletableFuture<Answer> pollsAsync(Answer started, String parameters) {
        return send(request("/pos/transaction/" + started.transactionId() + "?merchantAccessToken=" + started.token()
                + parameters));
    }

    Answer gets(String path) {
        return send(request(path).GET()).join();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path));
    }

    Answer sends(HttpRequest.Builder request) {
        return send(request).join();
    }

    HttpResponse<String> sendsRaw(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String json(Map<String, String> parameters) {
        return JSON.valueToTree(parameters).toString();
    }

    private static CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(FakeRegister::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + response.body(), e);
        }
    }
}
