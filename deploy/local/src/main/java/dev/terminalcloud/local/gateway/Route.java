package dev.terminalcloud.local.gateway;

import dev.terminalcloud.network.UnambiguousPath;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * A line of the gateway's table of routes: a path, whose literal segments match in any case, and the target of its requests. The first
 * line that matches counts.
 */
public sealed interface Route {

    /**
     * The route of this path, and of all paths below it unless it is exact, to a service, which gets the path unchanged.
     *
     * @param path its literal segments: {@code /POS/Pairing}
     * @param origins the replicas of the service, used round-robin
     * @param management the address of each origin, in their order, that answers whether it is ready
     */
    record Http(String path, boolean isExact, List<SocketAddress> origins, List<SocketAddress> management)
            implements Route {
        public Http {
            origins = List.copyOf(origins);
            management = List.copyOf(management);
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("%s has no origin".formatted(path));
            }
        }

        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return isSame(path, requestPath) || (!isExact && isBelow(path, requestPath));
        }
    }

    /**
     * The route of every path that no line before it takes, those that servers may read differently included, to a service, which answers
     * it.
     *
     * @param origins the replicas of the service, used round-robin
     * @param management the address of each origin, in their order, that answers whether it is ready
     */
    record Rest(List<SocketAddress> origins, List<SocketAddress> management) implements Route {
        public Rest {
            origins = List.copyOf(origins);
            management = List.copyOf(management);
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("the rest has no origin");
            }
        }

        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return true;
        }
    }

    /** The route of WebSockets to exactly this path; the origins, used round-robin, have another path. */
    record WebSocket(String path, List<SocketAddress> origins, String originPath) implements Route {
        public WebSocket {
            origins = List.copyOf(origins);
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("%s has no origin".formatted(path));
            }
        }

        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return isSame(path, requestPath);
        }

        @Override
        public boolean endsByItself() {
            return false;
        }
    }

    /**
     * The route of {@code GET} and {@code HEAD} to the files that a folder of the class path has; the page of a folder is its
     * {@code index.html}.
     *
     * @param folder without a slash at either end: {@code META-INF/resources/pages}
     */
    record Files(String path, String folder) implements Route {
        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
                    && (isSame(path, requestPath) || isBelow(path, requestPath))
                    && StaticFile.exists(folder, fileOf(requestPath));
        }

        /** Returns the path in the folder of the file that answers this path, with a slash before it. */
        String fileOf(String requestPath) {
            String name = requestPath.substring(path.length());
            return name.isEmpty() || name.endsWith("/") ? "%s/index.html".formatted(name.replaceFirst("/$", "")) : name;
        }
    }

    /**
     * The route of {@code GET} of exactly this path to a handler in this process, which answers for as long as the client wants: a
     * shutdown of the gateway does not wait for it.
     */
    record Stream(String path, Handler<HttpServerRequest> handler) implements Route {
        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return HttpMethod.GET.equals(method) && isSame(path, requestPath);
        }

        @Override
        public boolean endsByItself() {
            return false;
        }
    }

    /** Returns the route to origins that answer on the same address whether they are ready. */
    static Route http(String path, List<SocketAddress> origins) {
        return new Http(path, false, origins, origins);
    }

    static Route http(String path, List<SocketAddress> origins, List<SocketAddress> management) {
        return new Http(path, false, origins, management);
    }

    static Route exactHttp(String path, List<SocketAddress> origins, List<SocketAddress> management) {
        return new Http(path, true, origins, management);
    }

    static Route rest(List<SocketAddress> origins, List<SocketAddress> management) {
        return new Rest(origins, management);
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

    /**
     * Returns whether it takes a request.
     *
     * @param requestPath as the client sent it, without the query; it begins with a slash
     */
    boolean matches(HttpMethod method, String requestPath);

    /** Returns whether its answers end by themselves, so that a shutdown of the gateway waits for them. */
    default boolean endsByItself() {
        return true;
    }

    private static boolean isSame(String path, String requestPath) {
        return requestPath.equalsIgnoreCase(path) || requestPath.equalsIgnoreCase(path + "/");
    }

    /** Returns whether all servers read the path as one below the other. */
    private static boolean isBelow(String path, String requestPath) {
        return UnambiguousPath.isPlain(requestPath)
                && requestPath.toLowerCase(Locale.ROOT).startsWith(path.toLowerCase(Locale.ROOT) + "/");
    }
}
