package dev.terminalcloud.systemtests.posapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Sends requests to the public gateway. */
final class GatewayClient {
    /** Longer than the maximum time for which a synchronous request is held. */
    private static final Duration LIMIT = Duration.ofSeconds(125);

    static final String TOKEN = "Pairing-Token";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final Optional<String> token;

    GatewayClient(URI gateway) {
        this(gateway, Optional.empty());
    }

    private GatewayClient(URI gateway, Optional<String> token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** Returns the client that sends this pairing token with each request. */
    GatewayClient withToken(String pairingToken) {
        return new GatewayClient(gateway, Optional.of(pairingToken));
    }

    Reply call(String method, String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(gateway.resolve(path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Content-Type", contentType));
    }

    Reply get(String url) {
        return send(HttpRequest.newBuilder(gateway.resolve(url)));
    }

    Reply post(String url) {
        return send(HttpRequest.newBuilder(gateway.resolve(url)).POST(BodyPublishers.noBody()));
    }

    private Reply send(HttpRequest.Builder request) {
        token.ifPresent(sent -> request.header(TOKEN, sent));
        try {
            HttpResponse<String> response = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
