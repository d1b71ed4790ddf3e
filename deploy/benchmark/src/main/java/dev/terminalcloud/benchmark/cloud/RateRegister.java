package dev.terminalcloud.benchmark.cloud;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** A register: its requests to the POS API. Thread-safe. */
final class RateRegister {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int OK = 200;

    private final HttpClient http;
    private final URI address;
    private final String names = "POSRegisterID=" + UUID.randomUUID()
            + "&POSRegisterName=Benchmark&POSBusinessName=Benchmark&POSVendorName=Benchmark";

    /** @param address where transactions are started and polled */
    RateRegister(HttpClient http, URI address) {
        this.http = http;
        this.address = address;
    }

    Future<JsonObject> pair(URI gateway, String code) {
        return send(HttpMethod.PUT, gateway.resolve("/POS/Pairing/" + code), names);
    }

    /** Starts a purchase; completes with its envelope, in synchronous mode at the end of the transaction. */
    Future<JsonObject> start(Mode mode, long cents) {
        String asynchronous = mode == Mode.ASYNC ? "&TransactionMode=ASYNC" : "";
        return send(
                HttpMethod.POST,
                address.resolve("/POS/Transaction"),
                names + "&TransactionType=Card.Purchase&AmountTotal=" + cents + asynchronous);
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
                .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(Map.of("Content-Type", FORM)));
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
