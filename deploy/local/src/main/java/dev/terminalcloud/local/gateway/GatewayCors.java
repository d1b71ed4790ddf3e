package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;

/** The CORS headers of the gateway's own answers, so that pages of other origins can see the error of a service that is unavailable. */
final class GatewayCors {
    private GatewayCors() {}

    static void putHeaders(MultiMap headers) {
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
    }
}
