package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** What the gateway says itself, rather than an origin. */
enum GatewayError {
    NOT_FOUND(404, "There is nothing at this path."),
    UPGRADE_REQUIRED(426, "This path speaks MQTT over WebSocket only."),
    /** The request went nowhere, and that is certain. */
    ORIGIN_AWAY(503, "The service is not there at the moment. Nothing was started."),
    /** The request may have been carried out. */
    ORIGIN_LOST(502, "The service went away before it answered. It is not known whether the request was carried out."),
    /** The request may have been carried out. */
    ORIGIN_SILENT(504, "The service did not answer in time. It is not known whether the request was carried out.");

    private static final String RETRY_AFTER_SECONDS = "1";

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

    /** As on each answer of the POS API, browsers of any origin may read it. */
    void putHeaders(MultiMap headers) {
        headers.set("Content-Type", "application/json");
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
        if (this == ORIGIN_AWAY) {
            headers.set("Retry-After", RETRY_AFTER_SECONDS);
        }
    }

    void answer(HttpServerRequest request) {
        request.resume();
        putHeaders(request.response().headers());
        request.response().setStatusCode(status).end(body());
    }
}
