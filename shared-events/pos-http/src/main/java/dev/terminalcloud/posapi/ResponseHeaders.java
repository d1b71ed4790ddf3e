package dev.terminalcloud.posapi;

import io.vertx.core.http.HttpServerResponse;

/** The headers of every response of a service, errors included. */
public final class ResponseHeaders {
    private ResponseHeaders() {}

    /** Adds those of the POS API: pages of any origin may read its responses. */
    public static void putPosApi(HttpServerResponse response) {
        putCommon(response);
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
    }

    /**
     * Adds those of all responses, the administration API included: no cache stores them, since they may have a token, a secret
     * or a receipt, and no browser takes them for anything but JSON.
     */
    public static void putCommon(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    }
}
