package dev.terminalcloud.local.gateway;

import dev.terminalcloud.network.UnambiguousPath;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
     */
    record Http(String path, boolean isExact, Upstream upstream) implements Route {
        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return isSame(path, requestPath) || (!isExact && isBelow(path, requestPath));
        }
    }

    /**
     * The route of every path that no line before it takes, those that servers may read differently included, to a service, which answers
     * it.
     */
    record Rest(Upstream upstream) implements Route {
        @Override
        public boolean matches(HttpMethod method, String requestPath) {
            return true;
        }
    }

    /** The route of WebSockets to exactly this path; the origins have another path. */
    record WebSocket(String path, Upstream upstream, String originPath) implements Route {
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

    static Route http(String path, Upstream upstream) {
        return new Http(path, false, upstream);
    }

    static Route exactHttp(String path, Upstream upstream) {
        return new Http(path, true, upstream);
    }

    static Route rest(Upstream upstream) {
        return new Rest(upstream);
    }

    static Route webSocket(String path, Upstream upstream, String originPath) {
        return new WebSocket(path, upstream, originPath);
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
