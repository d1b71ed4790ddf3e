package dev.terminalcloud.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Locale;

/** One line of the gateway's table: what is done with the requests of a path, whose literal segments match in any case. */
public sealed interface Route {

    /**
     * Requests to this path and all that is below it go to a service, with the path as it came.
     *
     * @param path its literal segments: {@code /POS/Pairing}
     * @param origins the replicas of the service, which take turns
     */
    record Http(String path, List<SocketAddress> origins) implements Route {
        public Http {
            origins = List.copyOf(origins);
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("%s has no origin".formatted(path));
            }
        }

        @Override
        public boolean matches(String requestPath) {
            return isSame(path, requestPath) || isBelow(path, requestPath);
        }
    }

    /** WebSockets to exactly this path; the origins, which take turns, know it by another. */
    record WebSocket(String path, List<SocketAddress> origins, String originPath) implements Route {
        public WebSocket {
            origins = List.copyOf(origins);
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("%s has no origin".formatted(path));
            }
        }

        @Override
        public boolean matches(String requestPath) {
            return isSame(path, requestPath);
        }

        @Override
        public boolean endsByItself() {
            return false;
        }
    }

    /**
     * The files of a folder of the class path, for {@code GET} and {@code HEAD}; a folder's own page is its {@code index.html}.
     *
     * @param folder without a slash at either end: {@code META-INF/resources/pages}
     */
    record Files(String path, String folder) implements Route {
        @Override
        public boolean matches(String requestPath) {
            return isSame(path, requestPath) || isBelow(path, requestPath);
        }
    }

    /**
     * {@code GET} of exactly this path is answered by a handler in this process, for as long as the client likes: an end of the gateway
     * does not wait for it.
     */
    record Stream(String path, Handler<HttpServerRequest> handler) implements Route {
        @Override
        public boolean matches(String requestPath) {
            return isSame(path, requestPath);
        }

        @Override
        public boolean endsByItself() {
            return false;
        }
    }

    static Route http(String path, List<SocketAddress> origins) {
        return new Http(path, origins);
    }

    static Route webSocket(String path, List<SocketAddress> origins, String originPath) {
        return new WebSocket(path, origins, originPath);
    }

    static Route pages(String path, String folder) {
        return new Files(path, folder);
    }

    static Route stream(String path, Handler<HttpServerRequest> handler) {
        return new Stream(path, handler);
    }

    boolean matches(String requestPath);

    /** Whether its answers come to an end, for which an end of the gateway waits. */
    default boolean endsByItself() {
        return true;
    }

    private static boolean isSame(String path, String requestPath) {
        return requestPath.equalsIgnoreCase(path) || requestPath.equalsIgnoreCase(path + "/");
    }

    private static boolean isBelow(String path, String requestPath) {
        return requestPath.toLowerCase(Locale.ROOT).startsWith(path.toLowerCase(Locale.ROOT) + "/");
    }
}
