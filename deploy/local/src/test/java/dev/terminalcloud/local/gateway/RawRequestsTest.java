package dev.terminalcloud.local.gateway;

import static dev.terminalcloud.local.TestTimeouts.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.TestTimeouts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests that are not HTTP, or are malicious: what is not HTTP reaches no service, and its answer is JSON all the same. */
@Tag("slow")
class RawRequestsTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration TIMEOUT = TestTimeouts.TIMEOUT;
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);
    private static final String POST = "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer origin;
    private HttpServer rest;
    private Gateway gateway;

    @BeforeEach
    void start() {
        origin = get(vertx.createHttpServer()
                .requestHandler(request -> receive("", request))
                .listen(0, HOST));
        rest = get(vertx.createHttpServer()
                .requestHandler(request -> receive("rest: ", request))
                .listen(0, HOST));
        listen(new GatewayTimeouts(TIMEOUT, TIMEOUT, TIMEOUT));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage\\r\\n\\r\\n | 400",
                "\\26\\3\\1\\2\\0\\1x\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -1\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 5x\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 5\\r\\nContent-Length: 6\\r\\n\\r\\nabcde | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 99999999999999999999\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\nabc | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: xchunked\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost : x\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nHost: y\\r\\n\\r\\n | 400",
                "POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nA: b\\0c\\r\\n\\r\\n | 400",
                "GET /POS/Transaction HTTP/9.9\\r\\nHost: x\\r\\n\\r\\n | 400",
            })
    void invalidHttpIs400(String text, int status) throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port()).send(unescaped(text))) {
            assertIsErrorAsJson(request.readToEnd(), status);
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT example.org:443", "CONNECT /POS/Transaction"})
    void tunnelIs404(String start) throws IOException {
        try (RawRequest request =
                RawRequest.to(gateway.port()).send(start + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertIsErrorAsJson(request.readToEnd(), 404);
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/POS/Pairing/../Transaction",
                "/POS/%2e%2E/admin",
                "//POS/Transaction",
                "/POS//Transaction",
                "/POS/Transaction;a=b",
                "/POS;a=b/Transaction",
                "/POS/Transaction/..;/admin",
                "/POS%2fTransaction",
                "/POS/Transaction%2F1",
                "/POS/Transaction%5c1",
                "/POS/Transaction\\1",
                "http://x/POS/Transaction/../admin"
            })
    void ambiguousPathIsNotRoutedByAGuess(String target) throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port())
                .send("POST " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertThat(request.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(received).hasSize(1).allMatch(text -> text.startsWith("rest: POST "));
    }

    @Test
    void headGetsTheHeadersOfTheErrorAndNoBody() throws IOException {
        try (RawRequest request =
                RawRequest.to(gateway.port()).send("HEAD /device HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertThat(request.readToEnd())
                    .startsWith("HTTP/1.1 426 ")
                    .containsIgnoringCase("Content-Type: application/json")
                    .endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400_000, 4_000_000})
    void tooLongRequestLineIs414(int length) throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port())) {
            request.send("GET /POS/Transaction?");
            CompletableFuture<Boolean> sent = request.sendAll("a".repeat(1000), length / 1000);
            assertIsErrorAsJson(request.readToEnd(), 414);
            assertThat(sent).isDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 1_000_000})
    void tooLongHeadersAre431(int length) throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port())) {
            request.send("GET /POS/Transaction HTTP/1.1\r\nX: ");
            CompletableFuture<Boolean> sent = request.sendAll("a".repeat(1000), length / 1000);
            assertIsErrorAsJson(request.readToEnd(), 431);
            assertThat(sent).isDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void clientThatSendsFarTooMuchGetsTheAnswerOfTheService(int megabytes) throws IOException {
        int length = megabytes * 1024 * 1024;
        try (RawRequest request = RawRequest.to(gateway.port())
                .send(POST.replace("Transaction", "refused") + "Content-Length: " + length + "\r\n\r\n")) {
            assertThat(request.sendAll("a".repeat(1024), length / 1024))
                    .succeedsWithin(TIMEOUT)
                    .isEqualTo(true);
            assertThat(request.readUntil("}")).startsWith("HTTP/1.1 413 ").endsWith("{\"error\":\"of the service\"}");
        }
    }

    @Test
    void longBodyWithoutALengthPassesAsItComes() throws IOException {
        int pieces = 1024;
        try (RawRequest request =
                RawRequest.to(gateway.port()).send(POST + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            request.sendAll("400\r\n" + "a".repeat(1024) + "\r\n", pieces).join();
            request.send("0\r\n\r\n");
            assertThat(request.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(received).containsExactly("POST /POS/Transaction Content-Length=null " + "a".repeat(1024 * pieces));
    }

    @ParameterizedTest
    @ValueSource(ints = {256 * 1024, 256 * 1024 + 1, 3 * 1024 * 1024})
    void bodyOfAnySizePasses(int length) throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port())
                .send(POST + "Connection: close\r\nContent-Length: " + length + "\r\n\r\n" + "a".repeat(length))) {
            assertThat(request.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(received)
                .containsExactly("POST /POS/Transaction Content-Length=" + length + " " + "a".repeat(length));
    }

    @Test
    void expectContinueIsAnswered() throws IOException {
        String expecting = POST + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: ";
        try (RawRequest request = RawRequest.to(gateway.port()).send(expecting + "3\r\n\r\n")) {
            assertThat(request.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            request.send("a=b");
            assertThat(request.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(received).containsExactly("POST /POS/Transaction Content-Length=3 a=b");
    }

    /** Two readings of where a body ends would let a second request hide in the first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n",
                "Transfer-Encoding: chunked\\r\\nContent-Length: 5\\r\\n",
                "Transfer-Encoding: chunked\\r\\nTransfer-Encoding: identity\\r\\n",
                "Transfer-Encoding: cHUNKED\\r\\n",
                "Connection: Content-Length\\r\\nTransfer-Encoding: chunked\\r\\n"
            })
    void requestSmugglingIsRejected(String framing) throws IOException {
        String hidden = "GET /POS/Transaction/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
        String body = "5\r\na=b&c\r\n0\r\n\r\n";
        try (RawRequest request = RawRequest.to(gateway.port()).send(POST + unescaped(framing) + "\r\n" + body)) {
            assertThat(request.readUntil("}")).containsPattern("^HTTP/1.1 (200|400) ");
        }
        assertThat(received).allMatch(text -> text.equals("POST /POS/Transaction Content-Length=5 a=b&c"));
        assertThat(String.join("", received)).doesNotContain(hidden);
    }

    @Test
    void wholeUrlInTheFirstLineIsReadAsItsPath() throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port())
                .send("GET http://elsewhere/POS/Transaction/1?a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertThat(request.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(received).containsExactly("GET /POS/Transaction/1?a=b Content-Length=null ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0\r\n\r\n", "HTTP/1.1\r\nConnection: close\r\n\r\n"})
    void oldOrCarelessClientNeedsToNameNoHost(String rest) throws IOException {
        try (RawRequest request = RawRequest.to(gateway.port()).send("GET /POS/Transaction/1 " + rest)) {
            assertThat(request.readToEnd()).contains(" 200 ").endsWith("{}");
        }
        assertThat(received).hasSize(1);
    }

    @Test
    void bodyThatDoesNotArriveIsGivenUpWithAnAnswer() throws IOException {
        listen(new GatewayTimeouts(TIMEOUT, SHORT_TIMEOUT, TIMEOUT));
        try (RawRequest request = RawRequest.to(gateway.port()).send(POST + "Content-Length: 5\r\n\r\nab")) {
            assertIsErrorAsJson(request.readToEnd(), 408);
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /POS/Tra", "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nContent-"})
    void headThatDoesNotArriveCostsTheConnection(String text) throws IOException {
        listen(new GatewayTimeouts(SHORT_TIMEOUT, TIMEOUT, TIMEOUT));
        try (RawRequest request = RawRequest.to(gateway.port()).send(text)) {
            assertThat(request.readToEnd()).isEmpty();
        }
    }

    @Test
    void heldRequestDoesNotTimeOut() throws IOException {
        listen(new GatewayTimeouts(SHORT_TIMEOUT, SHORT_TIMEOUT, TIMEOUT));
        try (RawRequest request =
                RawRequest.to(gateway.port()).send("GET /POS/Transaction/late HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(request.readUntil("{}")).startsWith("HTTP/1.1 200 ");
            assertThat(request.readToEnd()).isEmpty();
        }
    }

    private void listen(GatewayTimeouts limits) {
        SocketAddress address = SocketAddress.inetSocketAddress(origin.actualPort(), HOST);
        SocketAddress other = SocketAddress.inetSocketAddress(rest.actualPort(), HOST);
        List<Route> routes = List.of(
                Route.http("/POS/Transaction", Upstream.unchecked(List.of(address))),
                Route.http("/POS/refused", Upstream.unchecked(List.of(address))),
                Route.webSocket("/device", Upstream.unchecked(List.of(address)), "/mqtt"),
                Route.rest(Upstream.unchecked(List.of(other))));
        gateway = get(Gateway.listen(vertx, HOST, 0, routes, limits));
    }

    private void receive(String service, HttpServerRequest request) {
        if (request.path().endsWith("refused")) {
            request.handler(dropped -> {});
            request.response().setStatusCode(413).end("{\"error\":\"of the service\"}");
            return;
        }
        request.body().onSuccess(body -> {
            received.add("%s%s %s Content-Length=%s %s"
                    .formatted(service, request.method(), request.uri(), request.getHeader("Content-Length"), body));
            long delay = request.path().endsWith("late") ? 3 * SHORT_TIMEOUT.toMillis() : 1;
            vertx.setTimer(delay, now -> request.response().end("{}"));
        });
    }

    private static void assertIsErrorAsJson(String answer, int status) {
        assertThat(answer)
                .containsPattern("^HTTP/[0-9.]+ " + status + " ")
                .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: *\r\n")
                .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                .containsPattern("\\r\\n\\r\\n\\{\"error\":\"[^\"]+\"}$");
    }

    private static String unescaped(String text) {
        return text.translateEscapes();
    }
}
