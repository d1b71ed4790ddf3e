package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway that passes requests on, but not each start: the first one is not passed on and answered with 503, and the connection
 * of the second one is cut when the transaction has been started.
 */
final class UnreliableGateway implements AutoCloseable {
    private static final List<String> REQUEST_HEADERS = List.of("Content-Type", "Idempotency-Key", "Pairing-Token");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger starts = new AtomicInteger();
    private final URI gateway;
    private final HttpServer server;

    UnreliableGateway(URI gateway) throws IOException {
        this.gateway = gateway;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int starts() {
        return starts.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int start = exchange.getRequestURI().getPath().equals("/POS/Transaction") ? starts.incrementAndGet() : 0;
        if (start == 1) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            send(exchange, 503, "{\"error\":\"The service is unavailable. Nothing was started\"}".getBytes(UTF_8));
            return;
        }
        HttpResponse<byte[]> answer = passOn(exchange, body);
        if (start == 2) {
            exchange.close();
            return;
        }
        answer.headers().firstValue("Pairing-Token").ifPresent(token -> exchange.getResponseHeaders()
                .add("Pairing-Token", token));
        send(exchange, answer.statusCode(), answer.body());
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        gateway.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        REQUEST_HEADERS.stream()
                .filter(exchange.getRequestHeaders()::containsKey)
                .forEach(name ->
                        request.header(name, exchange.getRequestHeaders().getFirst(name)));
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
