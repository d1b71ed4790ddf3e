package dev.terminalcloud.local.rollout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code POST /rollouts/{service}} on 127.0.0.1 replaces the pods of a service, and is answered when all are new. */
public final class RolloutServer implements AutoCloseable {
    private static final String PATH = "/rollouts/";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final Rollouts rollouts;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "rollout");
        thread.setDaemon(true);
        return thread;
    });

    private RolloutServer(Rollouts rollouts, HttpServer server) {
        this.rollouts = rollouts;
        this.server = server;
    }

    /** Opens the port; 0 for a free one. */
    public static RolloutServer open(int port, Rollouts rollouts) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            RolloutServer server = new RolloutServer(rollouts, http);
            http.createContext(PATH, server::handle);
            http.setExecutor(server.threads);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to listen on port " + port, e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(status(exchange), -1);
        exchange.close();
    }

    private int status(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("POST")) {
            return METHOD_NOT_ALLOWED;
        }
        try {
            Optional<Boolean> replaced =
                    rollouts.rollOut(exchange.getRequestURI().getPath().substring(PATH.length()));
            return replaced.map(all -> all ? OK : CONFLICT).orElse(NOT_FOUND);
        } catch (FailedStartsException e) {
            return FAILED;
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            return UNAVAILABLE;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
