package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String TOO_LARGE = "The body is larger than 256 KiB";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000, 256 * 1024})
    void bodyIsReadToItsEnd(int length) throws Exception {
        HttpServer service = service(LONG);

        assertThat(send(service, "/pos/x", announced(length)).body()).isEqualTo(Integer.toString(length));
        assertThat(send(service, "/POS/x", chunked(length)).body()).isEqualTo(Integer.toString(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {256 * 1024 + 1, 4 * 1024 * 1024})
    void largerBodyIsRejected(int length) throws Exception {
        HttpServer service = service(LONG);

        for (BodyPublisher body : new BodyPublisher[] {announced(length), chunked(length)}) {
            HttpResponse<String> answer = send(service, "/POS/x", body);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains(TOO_LARGE);
        }
    }

    @Test
    void announcedBodyIsRejectedBeforeItIsSent() throws Exception {
        assertThat(firstAnswer(service(LONG), "Content-Length: 262145\r\nExpect: 100-continue\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .containsIgnoringCase("Content-Type: application/json")
                .endsWith("{\"error\":\"" + TOO_LARGE + "\"}");
    }

    @Test
    void expectedContinueIsSent() throws Exception {
        assertThat(firstAnswer(service(LONG), "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"))
                .startsWith("HTTP/1.1 100 ");
    }

    @Test
    void slowBodyTimesOut() throws Exception {
        try (Socket socket = connect(service(SHORT), "Content-Length: 3\r\n\r\nab")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith("The request timed out before it was complete. Nothing was started");
        }
    }

    @Test
    void connectionIsClosedIfARejectedBodyDoesNotEnd() throws Exception {
        try (Socket socket =
                connect(service(SHORT), "Transfer-Encoding: chunked\r\n\r\n60000\r\n" + "x".repeat(0x50000))) {
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    private HttpServer service(Duration timeout) {
        Filters filters = new Filters();
        new RequestBodyFilter().register(filters);
        Router router = Router.router(vertx);
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        router.route().handler(routing -> answer(routing, timeout));
        return get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    /** As RESTEasy does, it pauses the request before its resource reads it. */
    private static void answer(RoutingContext routing, Duration timeout) {
        routing.request().pause();
        RequestBody.read(routing, timeout)
                .subscribe()
                .with(body -> routing.response().end(Integer.toString(body.length)), failure -> routing.response()
                        .setStatusCode(((ApiException) failure).status())
                        .end(failure.getMessage()));
    }

    private HttpResponse<String> send(HttpServer service, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(service.actualPort(), path));
        return client.send(HttpRequest.newBuilder(uri).PUT(body).build(), BodyHandlers.ofString());
    }

    private static BodyPublisher announced(int length) {
        return BodyPublishers.ofByteArray(new byte[length]);
    }

    private static BodyPublisher chunked(int length) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
    }

    private static String firstAnswer(HttpServer service, String headers) throws IOException {
        try (Socket socket = connect(service, headers)) {
            byte[] answer = new byte[4096];
            return new String(answer, 0, socket.getInputStream().read(answer), ISO_8859_1);
        }
    }

    private static Socket connect(HttpServer service, String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.actualPort());
        socket.setSoTimeout((int) LONG.toMillis());
        socket.getOutputStream().write(("PUT /POS/x HTTP/1.1\r\nHost: x\r\n" + headers).getBytes(ISO_8859_1));
        return socket;
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
