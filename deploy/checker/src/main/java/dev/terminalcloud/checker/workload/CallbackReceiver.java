package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The callback URL of a POS. It fails the first callback for every tenth transaction, so that it has to be repeated. */
public final class CallbackReceiver implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int FAILS_ONE_IN = 10;

    private final Set<UUID> failed = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final History history;
    private final HttpServer server;

    private CallbackReceiver(History history, HttpServer server) {
        this.history = history;
        this.server = server;
    }

    public static CallbackReceiver open(History history) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            CallbackReceiver receiver = new CallbackReceiver(history, server);
            server.setExecutor(receiver.threads);
            server.createContext("/", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start the callback receiver", e);
        }
    }

    public URI url() {
        return URI.create(
                "http://127.0.0.1:%d/callback".formatted(server.getAddress().getPort()));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            UUID transactionId = UUID.fromString(body.path("transactionId").asText());
            boolean fails = Math.floorMod(transactionId.hashCode(), FAILS_ONE_IN) == 0 && failed.add(transactionId);
            int status = fails ? UNAVAILABLE : OK;
            history.record(new HistoryEntry.CalledBack(transactionId, status, body));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
