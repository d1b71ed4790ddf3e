package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The forwarding headers, which tell the origin the client's address. The origin trusts them, so those of the client are removed. */
final class Forwarded {
    private static final List<String> CLAIMS = List.of(
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Real-IP");

    private Forwarded() {}

    static void replaceIn(MultiMap headers, HttpServerRequest request) {
        CLAIMS.forEach(headers::remove);
        headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", request.scheme());
    }
}
