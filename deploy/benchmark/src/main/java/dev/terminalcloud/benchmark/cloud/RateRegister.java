package dev.terminalcloud.benchmark.cloud;

import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.RegisterNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/**
 * A register: its requests to the POS API, on the event loops of its devices, with one pool of connections for all registers: threads of
 * another client would be part of what is measured. Thread-safe.
 */
final class RateRegister {
    private static final int OK = 200;

    private final HttpClient http;
    private final URI address;
    private final URI starts;

    /** The bodies of starts but for the amount: they are encoded once. */
    private final Map<Mode, String> bodies = new EnumMap<>(Mode.class);

    private final RegisterNames names = RegisterNames.random("Benchmark", "Benchmark", "Benchmark");

    /** @param address where transactions are started and polled */
    RateRegister(HttpClient http, URI address) {
        this.http = http;
        this.address = address;
        this.starts = new PosRequests(address).url("Transaction");
        Map<String, String> parameters = names.transaction("Card.Purchase", Map.of());
        bodies.put(Mode.ASYNC, FormBody.encode(parameters));
        parameters.remove("TransactionMode");
        bodies.put(Mode.SYNC, FormBody.encode(parameters));
    }

    Future<JsonObject> pair(URI gateway, String code) {
        return send(
                HttpMethod.PUT, new PosRequests(gateway).url("Pairing/" + code), FormBody.encode(names.parameters()));
    }

    /** Starts a purchase; completes with its envelope, in synchronous mode at the end of the transaction. */
    Future<JsonObject> start(Mode mode, long cents) {
        return send(HttpMethod.POST, starts, bodies.get(mode) + "&AmountTotal=" + cents);
    }

    /** @param envelope the answer to the start */
    Future<JsonObject> poll(JsonObject envelope) {
        URI url = URI.create(envelope.getJsonObject("data").getString("PollingUrl"));
        return send(HttpMethod.GET, address.resolve(url.getRawPath() + "?" + url.getRawQuery()), "");
    }

    private Future<JsonObject> send(HttpMethod method, URI url, String body) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url.toString())
                .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(Map.of("Content-Type", FormBody.CONTENT_TYPE)));
        return http.request(request)
                .compose(opened -> exchange(opened, body))
                .recover(e -> Future.failedFuture("%s %s: %s".formatted(method, url.getPath(), e.getMessage())));
    }

    private static Future<JsonObject> exchange(HttpClientRequest request, String body) {
        return request.send(Buffer.buffer(body)).compose(response -> response.body()
                .compose(bytes -> response.statusCode() == OK
                        ? Future.succeededFuture(bytes.toJsonObject())
                        : Future.failedFuture("status %d %s".formatted(response.statusCode(), bytes))));
    }
}
