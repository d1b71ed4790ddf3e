package dev.terminalcloud.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Handler that serves the files of a folder of the class path, for the requests that its route takes. A browser caches them and
 * revalidates them each time, so that a new build is seen at once.
 */
final class StaticFiles implements Handler<HttpServerRequest> {
    private final Vertx vertx;
    private final Route.Files route;

    /** The files read so far; at most as many as the folder has. */
    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    StaticFiles(Vertx vertx, Route.Files route) {
        this.vertx = vertx;
        this.route = route;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.path().length() == route.path().length()) {
            // The page's own links are relative to the folder.
            toFolder(request);
        } else {
            answer(request, route.fileOf(request.path()));
        }
    }

    private static void toFolder(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        GatewayCors.putHeaders(response.headers());
        response.setStatusCode(308)
                .putHeader("Location", request.path() + "/")
                .putHeader("Content-Type", "application/json")
                .end("{}");
    }

    private void answer(HttpServerRequest request, String name) {
        vertx.executeBlocking(() -> find(name), false)
                .onFailure(unreadable -> GatewayError.NOT_FOUND.answer(request))
                .onSuccess(found -> found.ifPresentOrElse(
                        page -> send(page, request), () -> GatewayError.NOT_FOUND.answer(request)));
    }

    private Optional<StaticFile> find(String name) {
        StaticFile page = read.get(name);
        if (page == null) {
            Optional<StaticFile> fresh = StaticFile.read(route.folder(), name);
            fresh.ifPresent(found -> read.put(name, found));
            return fresh;
        }
        return Optional.of(page);
    }

    private static void send(StaticFile page, HttpServerRequest request) {
        HttpServerResponse response =
                request.response().putHeader("Cache-Control", "no-cache").putHeader("ETag", page.tag());
        PageHeaders.putHeaders(response.headers());
        GatewayCors.putHeaders(response.headers());
        if (page.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("Content-Type", page.type())
                    .putHeader("Content-Length", Integer.toString(page.content().length()))
                    .end(HttpMethod.HEAD.equals(request.method()) ? Buffer.buffer() : page.content());
        }
    }
}
