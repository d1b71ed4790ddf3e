package dev.terminalcloud.httpserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server of Vert.x, as that of Quarkus is, with real clients. */
class ServerConnectionsTest {
    private static final int TIMEOUT_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> clients = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = get(vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(request ->
                        request.body().onSuccess(body -> request.response().end("length " + body.length())))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"2001, 0", "200, 200000"})
    void oldestClientThatDoesNotFinishIsClosedAndOthersAreServed(int number, int bytes) throws IOException {
        long before = closed();
        for (int i = 0; i < number; i++) {
            sendAsMuchAsPossible(connect(), "POST / HTTP/1.1\r\nContent-Length: 9500000\r\n\r\n" + "x".repeat(bytes));
        }

        awaitEnd(clients.get(0));

        assertThat(closed()).isGreaterThan(before);
        assertThat(ServerConnections.REQUESTS.count()).isLessThanOrEqualTo(2_000);
        assertThat(ServerConnections.REQUESTS.bytes()).isLessThanOrEqualTo(32 * 1024 * 1024);
        assertThat(answerTo("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"))
                .endsWith("length 3");
    }

    @Test
    void invalidRequestIsAnsweredAsJson() throws IOException {
        assertThat(answerTo("garbage\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("{\"error\":\"Malformed HTTP request\"}");
    }

    private static long closed() {
        return ServerConnections.REQUESTS.closed(CloseReason.TOO_MANY_REQUESTS)
                + ServerConnections.REQUESTS.closed(CloseReason.TOO_MANY_BYTES);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        clients.add(client);
        return client;
    }

    private String answerTo(String request) throws IOException {
        Socket client = connect();
        client.getOutputStream().write(request.getBytes(ISO_8859_1));
        return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private static void sendAsMuchAsPossible(Socket client, String request) {
        try {
            client.getOutputStream().write(request.getBytes(ISO_8859_1));
        } catch (IOException closed) {
            // The server has closed the connection in the middle, as it should.
        }
    }

    private static void awaitEnd(Socket client) {
        try {
            client.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // A connection that is reset is closed too.
        }
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
