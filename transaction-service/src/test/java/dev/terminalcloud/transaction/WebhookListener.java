package dev.terminalcloud.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A POS that listens for callbacks and notifications, and keeps them. */
final class WebhookListener implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Not the application's: that one has metrics of each server, and may not know this one. */
    private final Vertx vertx = Vertx.vertx();

    private final List<Webhook> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status;

    /** @param status the status of its answers */
    WebhookListener(int status) {
        this.status = status;
        this.server = listen(request -> request.body().onSuccess(body -> receive(request, body)));
    }

    /** A message that it has received. */
    record Webhook(String host, String target, String id, String timestamp, String signature, String text) {
        JsonNode body() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError(text, e);
            }
        }

        String type() {
            return body().path("type").asText();
        }

        /** Returns the signature that it must have by Standard Webhooks. */
        String signatureWith(byte[] key) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = id + "." + timestamp + "." + text;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        }
    }

    /** Opens another server, which is closed with this one. */
    HttpServer listen(Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void receive(HttpServerRequest request, Buffer body) {
        received.add(new Webhook(
                request.getHeader("Host"),
                request.uri(),
                request.getHeader("webhook-id"),
                request.getHeader("webhook-timestamp"),
                request.getHeader("webhook-signature"),
                body.toString()));
        request.response()
                .setStatusCode(status)
                .putHeader("Location", "http://localhost:1/")
                .end();
    }

    /** Sets the status of its answers. */
    void answer(int newStatus) {
        status = newStatus;
    }

    int port() {
        return server.actualPort();
    }

    /** Returns what it has received, and will receive. */
    List<Webhook> received() {
        return received;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
