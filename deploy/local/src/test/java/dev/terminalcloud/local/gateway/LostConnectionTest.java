package dev.terminalcloud.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.TestTimeouts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service closes a connection without an answer: what changes nothing is sent a second time, if the connection had served another request. */
class LostConnectionTest {
    private static final String HOST = "127.0.0.1";

    /** An orderly end, and a reset. */
    private static final int END = -1;

    private static final int RESET = 0;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The requests that the service has received, by connection. */
    private final Map<HttpConnection, Integer> received = new ConcurrentHashMap<>();

    private final List<HttpServerRequest> firstOnes = new CopyOnWriteArrayList<>();
    private Gateway gateway;

    @AfterEach
    void stop() {
        TestTimeouts.get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"GET, -1", "GET, 0", "HEAD, -1", "HEAD, 0", "OPTIONS, -1", "OPTIONS, 0"})
    void requestThatChangesNothingIsSentAgainOnANewConnection(String method, int linger) {
        startService(linger, 1, 1);
        assertThat(ask("GET")).isEqualTo(200);

        assertThat(ask(method)).isEqualTo(200);

        assertThat(received.values()).containsExactlyInAnyOrder(2, 1);
    }

    @ParameterizedTest
    @CsvSource({"POST, -1", "POST, 0", "PUT, -1", "PUT, 0", "DELETE, -1", "DELETE, 0"})
    void requestThatMayChangeSomethingIsNotSentAgain(String method, int linger) {
        startService(linger, 1, 1);
        assertThat(ask("GET")).isEqualTo(200);

        assertThat(ask(method)).isEqualTo(502);

        assertThat(received.values()).containsExactly(2);
    }

    @Test
    void requestWithABodyIsNotSentAgain() {
        startService(END, 1, 1);
        assertThat(ask("GET")).isEqualTo(200);

        assertThat(get(send("GET", BodyPublishers.ofString("a=b")))).isEqualTo(502);

        assertThat(received.values()).containsExactly(2);
    }

    /** The service had no reason to close a new connection but the request. */
    @ParameterizedTest
    @ValueSource(ints = {END, RESET})
    void requestOnANewConnectionIsNotSentAgain(int linger) {
        startService(linger, 0, 1);

        assertThat(ask("GET")).isEqualTo(502);

        assertThat(received.values()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {END, RESET})
    void requestIsNotSentAThirdTime(int linger) {
        startService(linger, 1, 2);
        Stream.of(send("GET", BodyPublishers.noBody()), send("GET", BodyPublishers.noBody()))
                .toList()
                .forEach(answer -> assertThat(get(answer)).isEqualTo(200));

        assertThat(ask("GET")).isEqualTo(502);

        assertThat(received.values()).containsExactly(2, 2);
    }

    /**
     * Starts a service that closes a connection at the request after those that it answers.
     *
     * @param connections that are needed until it answers the first request
     */
    private void startService(int linger, int answersOfAConnection, int connections) {
        HttpServer service = TestTimeouts.get(vertx.createHttpServer(new HttpServerOptions().setSoLinger(linger))
                .requestHandler(request -> {
                    int number = received.merge(request.connection(), 1, Integer::sum);
                    if (number > answersOfAConnection) {
                        request.connection().close();
                        return;
                    }
                    firstOnes.add(request);
                    if (firstOnes.size() >= connections) {
                        firstOnes.forEach(waiting -> waiting.response().end("answer"));
                        firstOnes.clear();
                    }
                })
                .listen(0, HOST));
        SocketAddress address = SocketAddress.inetSocketAddress(service.actualPort(), HOST);
        List<Route> routes = List.of(Route.rest(Upstream.unchecked(List.of(address))));
        gateway = TestTimeouts.get(Gateway.listen(vertx, HOST, 0, routes));
    }

    private int ask(String method) {
        return get(send(method, BodyPublishers.noBody()));
    }

    private CompletableFuture<Integer> send(String method, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://%s:%d/".formatted(HOST, gateway.port())))
                .method(method, body)
                .build();
        return client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private static int get(CompletableFuture<Integer> answer) {
        return answer.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join();
    }
}
