package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;

/** The hop-by-hop headers, which must not be forwarded (RFC 9110, section 7.6.1), those that {@code Connection} names included. */
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
