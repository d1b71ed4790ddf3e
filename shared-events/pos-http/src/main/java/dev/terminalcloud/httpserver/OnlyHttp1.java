package dev.terminalcloud.httpserver;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Switches off what Quarkus has no setting for. HTTP/2 without TLS: the gateway speaks HTTP/1.1 to services, and one connection
 * with HTTP/2 could hold a hundred incomplete requests. Compression of WebSockets, which services do not speak: its handler is
 * part of each connection, and thousands may wait.
 */
@ApplicationScoped
class OnlyHttp1 implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}
