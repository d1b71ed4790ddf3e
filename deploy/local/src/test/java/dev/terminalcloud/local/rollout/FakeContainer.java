package dev.terminalcloud.local.rollout;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A container with processes in this process: each is live at once, and ready when the test says so. It records what happens to them. */
final class FakeContainer implements Container, AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final String name;
    private final List<String> events;
    private final HttpServer health;
    private volatile boolean ready = true;
    private volatile boolean ignoresSigterm;
    private volatile boolean crashesAtStart;
    private volatile FakeProcess running;

    /** @param events receives {@code start}, {@code SIGTERM}, {@code SIGKILL} and {@code exit}, each with the name */
    FakeContainer(String name, List<String> events) {
        this.name = name;
        this.events = events;
        try {
            health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        health.createContext("/", exchange -> {
            boolean isUp =
                    isRunning() && (ready || !exchange.getRequestURI().getPath().equals("/q/health/ready"));
            exchange.sendResponseHeaders(isUp ? 200 : 503, -1);
            exchange.close();
        });
        health.start();
    }

    FakeContainer notReady() {
        ready = false;
        return this;
    }

    FakeContainer ignoringSigterm() {
        ignoresSigterm = true;
        return this;
    }

    /** Each process that is started from now on exits at once. */
    FakeContainer crashingAtStart() {
        crashesAtStart = true;
        return this;
    }

    void becomeReady() {
        ready = true;
    }

    /** Lets the process exit by itself. */
    void crash() {
        running.exit();
    }

    boolean isRunning() {
        return running != null && !running.exited.isDone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SocketAddress address() {
        return SocketAddress.inetSocketAddress(health.getAddress().getPort(), HOST);
    }

    @Override
    public URI management(String path) {
        return URI.create("http://%s:%d%s".formatted(HOST, health.getAddress().getPort(), path));
    }

    @Override
    public Optional<RunningProcess> start() {
        running = new FakeProcess();
        events.add("start " + name);
        if (crashesAtStart) {
            crash();
        }
        return Optional.of(running);
    }

    @Override
    public void close() {
        health.stop(0);
    }

    private final class FakeProcess implements RunningProcess {
        private final CompletableFuture<Void> exited = new CompletableFuture<>();

        @Override
        public boolean exitsWithin(Duration time) {
            try {
                exited.get(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException runs) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        @Override
        public void terminate() {
            events.add("SIGTERM " + name);
            if (!ignoresSigterm) {
                exit();
            }
        }

        @Override
        public void kill() {
            events.add("SIGKILL " + name);
            exit();
        }

        private void exit() {
            events.add("exit " + name);
            exited.complete(null);
        }
    }
}
