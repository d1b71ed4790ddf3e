package dev.terminalcloud.httpserver;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Switches HTTP/2 without TLS off, for which Quarkus has no setting: the gateway speaks HTTP/1.1 to services, and one connection
 * with HTTP/2 could hold a hundred incomplete requests.
 */
@ApplicationScoped
class OnlyHttp1 implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
