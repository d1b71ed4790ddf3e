package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The errors that the gateway answers itself, without an origin. */
enum GatewayError {
    MALFORMED(400, "Malformed HTTP request line, headers or body"),
    /** No route takes the request: it is for the gateway itself, {@code CONNECT} or {@code OPTIONS *}. */
    NOT_FOUND(404, "No such path"),
    /** The client began a request and did not finish it. Nothing was forwarded. */
    REQUEST_TIMEOUT(408, "The request timed out before it was complete. Nothing was started"),
    REQUEST_LINE_TOO_LONG(414, "The request line is longer than 300000 bytes"),
    UPGRADE_REQUIRED(426, "This path accepts MQTT over WebSocket only"),
    HEADERS_TOO_LARGE(431, "The headers are larger than 16 KiB"),
    /** The request may have been carried out. */
    ORIGIN_CONNECTION_LOST(
            502, "The service closed the connection before it responded. The request may have taken effect"),
    /** The request was certainly not forwarded. */
    ORIGIN_UNAVAILABLE(503, "The service is unavailable. Nothing was started"),
    /** The request was certainly not forwarded. */
    SHUTTING_DOWN(503, "The gateway is shutting down. Nothing was started"),
    /** The request may have been carried out. */
    ORIGIN_TIMEOUT(504, "The service did not respond in time. The request may have taken effect");

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final int status;
    private final String text;

    GatewayError(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String body() {
        return JsonObject.of("error", text).encode();
    }

    /** Sets the headers that each answer of the POS API has: pages of any origin may read it, and caches do not store it. */
    void putHeaders(MultiMap headers) {
        headers.set("Content-Type", "application/json");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        GatewayCors.putHeaders(headers);
        if (status == 503) {
            headers.set("Retry-After", RETRY_AFTER_SECONDS);
        }
    }

    /** Answers the request; the rest of it is read and dropped. */
    void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        request.resume();
        putHeaders(response.headers());
        response.setStatusCode(status).end(body());
    }

    /**
     * Answers as {@link #answer} does, and closes the connection a moment later: the client may still be sending, and closing a
     * connection with unread bytes resets it, which can lose the answer.
     */
    void answerAndClose(Vertx vertx, HttpServerRequest request) {
        request.response().putHeader("Connection", "close");
        answer(request);
        vertx.setTimer(LINGER.toMillis(), late -> request.connection().close());
    }
}
