package dev.terminalcloud.local.gateway;

import io.vertx.core.http.HttpServerRequest;

/** The handler of the requests of a route, which also gets the connection of the client: a handler may end when that closes. */
interface RouteHandler {
    void handle(HttpServerRequest request, ClientConnection client);
}
