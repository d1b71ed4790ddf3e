package dev.terminalcloud.systemtests.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The callback URL of a POS, with a configurable reaction. */
final class CallbackReceiver implements AutoCloseable {
    /** A received callback. */
    record Call(long nanoTime, String method, String path, Headers headers, String body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    /** Answers the call; the first one has the number 1. */
    interface Reaction {
        void answer(HttpExchange exchange, int number) throws IOException;
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String host;
    private final Reaction reaction;

    private CallbackReceiver(String host, HttpServer server, Reaction reaction) {
        this.host = host;
        this.server = server;
        this.reaction = reaction;
    }

    static CallbackReceiver open(String host, Reaction reaction) {
        try {
            InetSocketAddress address =
                    host.equals("127.0.0.1") ? new InetSocketAddress(host, 0) : new InetSocketAddress(0);
            CallbackReceiver receiver = new CallbackReceiver(host, HttpServer.create(address, 0), reaction);
            receiver.server.setExecutor(receiver.threads);
            receiver.server.createContext("/", receiver::receive);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start the callback receiver", e);
        }
    }

    /** Returns a reaction that always answers with this status. */
    static Reaction answering(int status) {
        return (exchange, number) -> exchange.sendResponseHeaders(status, -1);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Call call = new Call(
                    System.nanoTime(),
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body);
            int number;
            synchronized (calls) {
                calls.add(call);
                number = calls.size();
            }
            reaction.answer(exchange, number);
        }
    }

    /** Returns the callback URL. */
    String url() {
        return "http://" + host + ":" + server.getAddress().getPort() + "/callback?by=cloud";
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
