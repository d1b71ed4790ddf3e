package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;

/** The headers that are between two neighbours and not to be handed on (RFC 9110, section 7.6.1), those that name themselves included. */
final class HopByHop {
    private static final List<String> ALWAYS = List.of(
            "Connection",
            "Expect",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private HopByHop() {}

    static void removeFrom(MultiMap headers) {
        List<String> named = headers.getAll("Connection").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
        named.forEach(headers::remove);
        ALWAYS.forEach(headers::remove);
    }
}
