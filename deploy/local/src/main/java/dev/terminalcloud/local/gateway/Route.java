package dev.terminalcloud.local.gateway;

import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the gateway's table: the requests below a path go to an origin.
 *
 * @param path its literal segments, which match in any case: {@code /POS/Pairing}
 * @param webSocketPath where the origin accepts WebSockets, if the path is for nothing else; empty for plain HTTP, whose path
 *     reaches the origin as it came
 */
public record Route(String path, SocketAddress origin, Optional<String> webSocketPath) {

    /** Requests to this path and all that is below it. */
    public static Route http(String path, SocketAddress origin) {
        return new Route(path, origin, Optional.empty());
    }

    /** WebSockets to exactly this path; the origin knows it by another. */
    public static Route webSocket(String path, SocketAddress origin, String originPath) {
        return new Route(path, origin, Optional.of(originPath));
    }

    boolean matches(String requestPath) {
        String wanted = path.toLowerCase(Locale.ROOT);
        String given = requestPath.toLowerCase(Locale.ROOT);
        boolean same = given.equals(wanted) || given.equals(wanted + "/");
        return same || (webSocketPath.isEmpty() && given.startsWith(wanted + "/"));
    }
}
