package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A POS that receives callbacks. */
final class CallbackListener implements AutoCloseable {
    private final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
    private final HttpServer server;

    /** A callback that the POS received. */
    record Notice(String method, Headers headers, String body) {}

    CallbackListener() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/done", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/done?sale=1".formatted(server.getAddress().getPort());
    }

    Notice await() throws InterruptedException {
        Notice notice = notices.poll(60, SECONDS);
        assertThat(notice).as("a callback").isNotNull();
        return notice;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        notices.add(new Notice(exchange.getRequestMethod(), exchange.getRequestHeaders(), body));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
