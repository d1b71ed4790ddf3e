package dev.terminalcloud.local.gateway;

import static dev.terminalcloud.local.TestTimeouts.await;
import static dev.terminalcloud.local.TestTimeouts.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.TestTimeouts;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static final String HOST = "127.0.0.1";
    private static final String REFUSED_ORIGIN = "https://evil.example";
    private static final Duration TIMEOUT = TestTimeouts.TIMEOUT;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private Gateway gateway;
    private HttpServer pairing;
    private HttpServer transaction;
    private HttpServer connector;

    @BeforeEach
    void start() {
        pairing = origin(request -> echo("pairing", request));
        transaction = origin(request -> echo("transaction", request));
        connector = get(vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("mqtt"))
                .requestHandler(request -> request.response().setStatusCode(404).end())
                .webSocketHandshakeHandler(GatewayTest::handshake)
                .webSocketHandler(socket -> {
                    socket.writeTextMessage(
                            socket.uri() + " " + socket.headers().get("Sec-WebSocket-Protocol"));
                    socket.binaryMessageHandler(bytes -> socket.writeBinaryMessage(bytes));
                    socket.textMessageHandler(text -> socket.close());
                })
                .listen(0, HOST));
        listen();
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /POS/Pairing/12345678,                                   pairing",
        "PUT,    /pos/pairing/12345678?POSRegisterName=Till%201%26&a=%2F, pairing",
        "DELETE, /POS/Pairing?POSRegisterID=1,                            transaction",
        "DELETE, /pos/PAIRING/,                                           transaction",
        "DELETE, /POS/Pairing/12345678,                                   pairing",
        "POST,   /POS/Transaction,                                        transaction",
        "POST,   /pOs/tRANSACTION/,                                       transaction",
        "GET,    /pos/transaction/4711?merchantAccessToken=x,             transaction",
    })
    void pathReachesItsServiceAsItCameAndInAnyCase(String method, String uri, String service) {
        Answer answer = ask(HttpMethod.valueOf(method), uri, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(JsonObject.of("service", service, "method", method, "uri", uri, "body", ""));
    }

    @Test
    void formReachesItsServiceByteForByte() {
        String form = "POSRegisterName=Till 1 & Söhne/é&AmountTotal=500";
        assertThat(ask(HttpMethod.POST, "/POS/Transaction", form).json().getString("body"))
                .isEqualTo(form);
    }

    @Test
    void parametersOfAnySizeMayBeInTheQuery() {
        HttpServer upstream = get(vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(300_000))
                .requestHandler(request ->
                        request.response().end(Integer.toString(request.query().length())))
                .listen(0, HOST));
        listen(Route.http("/POS/Transaction", at(upstream)));
        String saleData = "SaleData=" + "%22".repeat(64 * 1024);
        assertThat(ask(HttpMethod.POST, "/POS/Transaction?" + saleData, "").body())
                .isEqualTo(Integer.toString(saleData.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/POS",
                "/POS/Pairing/",
                "/POS/Device",
                "/POS/PairingX/1",
                "/admin/devices/7000000001",
                "/q/health/live",
                "/mqtt",
                "/devices",
                "/POS/Pairing/../../admin/devices/7000000001",
                "/POS/Pairing/%2e%2E/%2e./q/health",
                "/POS/Pairing/..%2f..%2fadmin",
                "/POS/Pairing/..%5c..\\admin",
                "/POS/Pairing/./1",
                "//POS/Pairing/1",
                "/POS/Pairing/%zz",
                "/POS/Pairing/%",
                "/POS/Pairing/1%00",
                "/POS/Pairing/1%0d%0aX:%20y",
            })
    void everyOtherPathReachesTransactionServiceAsItCame(String uri) {
        Answer answer = ask(HttpMethod.GET, uri, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(JsonObject.of("service", "transaction", "method", "GET", "uri", uri, "body", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, /POS/Transaction,      transaction",
        "OPTIONS, /pos/pairing/12345678, pairing",
        "OPTIONS, /nothing,              transaction",
        "TRACE,   /POS/Transaction,      transaction",
        "PATCH,   /POS/Pairing/12345678, pairing",
        "BREW,    /POS/Transaction,      transaction",
    })
    void everyMethodReachesTheServiceOfItsPath(String method, String uri, String service) {
        Answer answer = ask(HttpMethod.valueOf(method), uri, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(JsonObject.of("service", service, "method", method, "uri", uri, "body", ""));
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, /POS/Transaction", "CONNECT, example.org:443", "OPTIONS, *", "GET, *"})
    void requestForTheGatewayItselfIsNotFound(String method, String uri) {
        Answer answer = ask(HttpMethod.valueOf(method), uri, "");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("error")).isNotEmpty();
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void forwardedHeadersAreSetByTheGatewayOnly() {
        HttpServer curious = origin(request -> request.response()
                .end(request.headers().getAll("X-Forwarded-For") + " " + request.getHeader("Forwarded")));
        listen(Route.http("/who", at(curious)));
        MultiMap claims = MultiMap.caseInsensitiveMultiMap()
                .add("X-Forwarded-For", "10.1.2.3")
                .add("Forwarded", "for=10.1.2.3");
        assertThat(ask(HttpMethod.GET, "/who", "", claims).body()).isEqualTo("[127.0.0.1] null");
    }

    @Test
    void unavailableServiceIs503AndNothingWasStarted() {
        get(transaction.close());
        Answer answer = ask(HttpMethod.POST, "/POS/Transaction", "AmountTotal=500");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
        assertThat(answer.json().getString("error")).contains("Nothing was started");
    }

    @Test
    void lostServiceIs502WithUnknownEffect() {
        HttpServer dying = origin(request -> request.connection().close());
        listen(Route.http("/POS/Transaction", at(dying)));
        Answer answer = ask(HttpMethod.POST, "/POS/Transaction", "AmountTotal=500");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().getString("error")).contains("may have taken effect");
    }

    @Test
    void timedOutServiceIs504WithUnknownEffect() {
        HttpServer silent = origin(request -> {});
        GatewayTimeouts shortTimeouts = new GatewayTimeouts(TIMEOUT, TIMEOUT, Duration.ofMillis(200));
        listen(shortTimeouts, Route.http("/POS/Transaction", at(silent)));
        Answer answer = ask(HttpMethod.POST, "/POS/Transaction", "AmountTotal=500");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.json().getString("error")).contains("may have taken effect");
    }

    @Test
    void replicasTakeTurns() {
        listen(Route.http("/who", at(named("one"), named("two"), named("three"))));
        List<String> answers = Stream.generate(
                        () -> ask(HttpMethod.GET, "/who", "").body())
                .limit(6)
                .toList();
        assertThat(answers).containsExactly("one", "two", "three", "one", "two", "three");
    }

    @Test
    void replicaThatCanNotBeConnectedToIsPassedOver() {
        HttpServer dead = named("dead");
        listen(Route.http("/who", at(dead, named("alive"))));
        get(dead.close());
        List<String> answers = Stream.generate(
                        () -> ask(HttpMethod.POST, "/who", "AmountTotal=500").body())
                .limit(4)
                .toList();
        assertThat(answers).containsOnly("alive");
    }

    @Test
    void replicaThatIsNotReadyIsGivenNothingWhileAnotherIs() {
        AtomicBoolean leaves = new AtomicBoolean();
        AtomicBoolean allLeave = new AtomicBoolean();
        listen(Route.http("/who", at(leaving("leaving", leaves::get), leaving("staying", allLeave::get))));
        assertThat(whoAnswers(4)).containsOnly("leaving", "staying");

        leaves.set(true);
        await().untilAsserted(() -> assertThat(whoAnswers(4)).containsExactlyInAnyOrder("staying"));

        allLeave.set(true);
        await().untilAsserted(() -> assertThat(whoAnswers(4)).containsExactlyInAnyOrder("leaving", "staying"));

        allLeave.set(false);
        await().untilAsserted(() -> assertThat(whoAnswers(4)).containsExactlyInAnyOrder("staying"));
    }

    private Set<String> whoAnswers(int times) {
        return Stream.generate(() -> ask(HttpMethod.GET, "/who", "").body())
                .limit(times)
                .collect(Collectors.toSet());
    }

    private HttpServer leaving(String name, BooleanSupplier leaves) {
        return server(request -> request.response()
                .setStatusCode(isOfReadiness(request) && leaves.getAsBoolean() ? 503 : 200)
                .end(name));
    }

    @Test
    void requestThatMayHaveBeenSentIsNotGivenToAnotherReplica() {
        AtomicInteger received = new AtomicInteger();
        Handler<HttpServerRequest> dies = request -> {
            received.incrementAndGet();
            request.connection().close();
        };
        listen(Route.http("/POS/Transaction", at(origin(dies), origin(dies))));
        assertThat(ask(HttpMethod.POST, "/POS/Transaction", "AmountTotal=500").status())
                .isEqualTo(502);
        assertThat(received).hasValue(1);
    }

    @Test
    void hopByHopHeadersAreNotForwarded() {
        HttpServer curious = origin(request -> request.response()
                .putHeader("Connection", "keep-alive, X-Own")
                .putHeader("X-Own", "1")
                .putHeader("Keep-Alive", "timeout=1")
                .end(String.join(" ", request.headers().names())));
        listen(Route.http("/who", at(curious)));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Connection", "X-Secret")
                .add("X-Secret", "1")
                .add("TE", "trailers")
                .add("X-Kept", "1");
        Answer answer = ask(HttpMethod.GET, "/who", "", headers);
        assertThat(answer.body()).contains("X-Kept").doesNotContain("X-Secret").doesNotContain("TE");
        assertThat(answer.headers().contains("X-Own")).isFalse();
        assertThat(answer.headers().contains("Keep-Alive")).isFalse();
    }

    @Test
    void drainFinishesHeldRequestsAndRejectsNewOnes() {
        CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
        listen(Route.http("/hold", at(origin(held::complete))));
        Future<Answer> answer = send(HttpMethod.POST, "/hold", "a=b", MultiMap.caseInsensitiveMultiMap());
        HttpServerRequest atOrigin =
                held.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join();
        assertThat(gateway.requestsInFlight()).isOne();

        Future<Void> finished = gateway.drain();
        Answer late = ask(HttpMethod.POST, "/POS/Transaction", "AmountTotal=500");
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.json().getString("error")).contains("Nothing was started");
        assertThat(finished.isComplete()).isFalse();

        atOrigin.response().end("held to the end");
        assertThat(get(answer).body()).isEqualTo("held to the end");
        get(finished);
        assertThat(gateway.requestsInFlight()).isZero();
    }

    @Test
    void drainIgnoresDisconnectedClientsAndDevices() {
        get(connect(newSocket(), "/device"));
        CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
        listen(Route.http("/hold", at(origin(held::complete))));
        get(connect(newSocket(), "/device"));
        HttpClient leaving = vertx.createHttpClient();
        leaving.request(HttpMethod.GET, gateway.port(), HOST, "/hold").compose(request -> request.send());
        held.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join();
        Future<Void> finished = gateway.drain();
        assertThat(finished.isComplete()).isFalse();
        get(leaving.close());
        get(finished);
    }

    @Test
    void streamArrivesPieceByPiece() {
        HttpServer streaming =
                origin(request -> request.response().setChunked(true).write("data: 1\n\n"));
        listen(Route.http("/stream", at(streaming)));
        CompletableFuture<String> first = new CompletableFuture<>();
        get(request(HttpMethod.GET, "/stream", "", MultiMap.caseInsensitiveMultiMap())
                .onSuccess(response -> response.handler(piece -> first.complete(piece.toString()))));
        assertThat(first).succeedsWithin(TIMEOUT).isEqualTo("data: 1\n\n");
    }

    @Test
    void serviceLearnsThatItsClientHasLeft() {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean left = new AtomicBoolean();
        HttpServer waiting = origin(request -> {
            asked.set(true);
            request.connection().closeHandler(end -> left.set(true));
        });
        listen(Route.http("/wait", at(waiting)));
        HttpClient leaving = vertx.createHttpClient();
        leaving.request(HttpMethod.GET, gateway.port(), HOST, "/wait").compose(request -> request.send());
        await().untilTrue(asked);
        get(leaving.close());
        await().untilTrue(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/device", "/Device/", "/device?x=1"})
    void devicesWebSocketReachesTheConnectorUnderTheConnectorsOwnPath(String uri) throws Exception {
        CompletableFuture<String> greeting = new CompletableFuture<>();
        CompletableFuture<Buffer> echo = new CompletableFuture<>();
        WebSocket device = get(
                connect(newSocket().textMessageHandler(greeting::complete).binaryMessageHandler(echo::complete), uri));
        device.writeBinaryMessage(Buffer.buffer(new byte[] {1, 0, -1}));
        assertThat(device.subProtocol()).isEqualTo("mqtt");
        assertThat(greeting.get(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isEqualTo("/mqtt mqtt");
        assertThat(echo.get(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isEqualTo(Buffer.buffer(new byte[] {1, 0, -1}));
    }

    @Test
    void quietWebSocketIsNotIdle() throws Exception {
        Duration limit = Duration.ofMillis(200);
        listen(new GatewayTimeouts(limit, TIMEOUT, TIMEOUT));
        CompletableFuture<Buffer> echo = new CompletableFuture<>();
        WebSocket device = get(connect(newSocket().binaryMessageHandler(echo::complete), "/device"));
        vertx.setTimer(3 * limit.toMillis(), later -> device.writeBinaryMessage(Buffer.buffer("still here")));
        assertThat(echo.get(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isEqualTo(Buffer.buffer("still here"));
    }

    @Test
    void connectorsEndOfAWebSocketIsTheDevices() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        WebSocket device = get(connect(newSocket().closeHandler(end::complete), "/device"));
        device.writeTextMessage("please close");
        assertThat(end).succeedsWithin(TIMEOUT);
    }

    @Test
    void endpointsOfTheMomentGetTheRequestAndWithoutAnyItIsRejected() {
        List<SocketAddress> ready = new CopyOnWriteArrayList<>();
        listen(Route.http("/who", new Upstream.ChangingReplicas(() -> ready)));
        assertThat(ask(HttpMethod.POST, "/who", "AmountTotal=500").status()).isEqualTo(503);

        ready.add(address(named("old")));
        assertThat(whoAnswers(2)).containsOnly("old");

        ready.add(address(named("new")));
        ready.remove(0);
        assertThat(whoAnswers(2)).containsOnly("new");
    }

    @Test
    void webSocketFailsOverToAnotherConnector() {
        HttpServer gone =
                get(vertx.createHttpServer().requestHandler(request -> {}).listen(0, HOST));
        SocketAddress unavailable = address(gone);
        get(gone.close());
        listen(Route.webSocket("/devices", Upstream.unchecked(List.of(unavailable, address(connector))), "/mqtt"));
        for (int turn = 0; turn < 2; turn++) {
            assertThat(get(connect(newSocket(), "/devices")).subProtocol()).isEqualTo("mqtt");
        }
    }

    @Test
    void webSocketIs503WithoutAConnector() {
        get(connector.close());
        assertThat(rejection(connect(newSocket(), "/device"))).isEqualTo(503);
    }

    @Test
    void connectorsRefusalOfAnOriginIsPassedOn() {
        WebSocketConnectOptions page = connectOptions("/device");
        page.addHeader("Origin", REFUSED_ORIGIN);
        assertThat(rejection(newSocket().connect(page))).isEqualTo(403);
    }

    private static void handshake(ServerWebSocketHandshake handshake) {
        if (REFUSED_ORIGIN.equals(handshake.headers().get("Origin"))) {
            handshake.reject(403);
        } else {
            handshake.accept();
        }
    }

    private static int rejection(Future<WebSocket> connecting) {
        CompletableFuture<WebSocket> device = connecting.toCompletionStage().toCompletableFuture();
        await().until(device::isDone);
        return device.handle((socket, failure) -> ((UpgradeRejectedException) failure).getStatus())
                .join();
    }

    @Test
    void pathOfDevicesIsForWebSocketsOnly() {
        assertThat(ask(HttpMethod.GET, "/device", "").status()).isEqualTo(426);
        assertThat(ask(HttpMethod.GET, "/device/x", "").json().getString("service"))
                .isEqualTo("transaction");
    }

    private void listen(Route... more) {
        listen(new GatewayTimeouts(TIMEOUT, TIMEOUT, TIMEOUT), more);
    }

    private void listen(GatewayTimeouts limits, Route... more) {
        List<Route> table = Stream.concat(
                        Stream.of(more),
                        Stream.of(
                                Route.exactHttp("/POS/Pairing", at(transaction)),
                                Route.http("/POS/Pairing", at(pairing)),
                                Route.webSocket("/device", Upstream.unchecked(List.of(address(connector))), "/mqtt"),
                                Route.rest(at(transaction))))
                .toList();
        gateway = get(Gateway.listen(vertx, HOST, 0, table, limits));
    }

    /** Starts an origin that is always ready. */
    private HttpServer origin(Handler<HttpServerRequest> handler) {
        return server(request -> {
            if (isOfReadiness(request)) {
                request.response().end();
            } else {
                handler.handle(request);
            }
        });
    }

    private static boolean isOfReadiness(HttpServerRequest request) {
        return request.path().equals("/q/health/ready");
    }

    private HttpServer server(Handler<HttpServerRequest> handler) {
        return get(vertx.createHttpServer().requestHandler(handler).listen(0, HOST));
    }

    private static Upstream at(HttpServer... replicas) {
        List<SocketAddress> addresses =
                Stream.of(replicas).map(GatewayTest::address).toList();
        return new Upstream.Replicas(addresses, addresses);
    }

    private static SocketAddress address(HttpServer origin) {
        return SocketAddress.inetSocketAddress(origin.actualPort(), HOST);
    }

    private static void echo(String service, HttpServerRequest request) {
        request.body().onSuccess(body -> request.response()
                .end(JsonObject.of(
                                "service",
                                service,
                                "method",
                                request.method().name(),
                                "uri",
                                request.uri(),
                                "body",
                                body.toString())
                        .encode()));
    }

    private ClientWebSocket newSocket() {
        return vertx.createWebSocketClient().webSocket();
    }

    private Future<WebSocket> connect(ClientWebSocket socket, String uri) {
        return socket.connect(connectOptions(uri));
    }

    private WebSocketConnectOptions connectOptions(String uri) {
        return new WebSocketConnectOptions()
                .setHost(HOST)
                .setPort(gateway.port())
                .setURI(uri)
                .addSubProtocol("mqtt");
    }

    private Answer ask(HttpMethod method, String uri, String body) {
        return ask(method, uri, body, MultiMap.caseInsensitiveMultiMap());
    }

    private Answer ask(HttpMethod method, String uri, String body, MultiMap headers) {
        return get(send(method, uri, body, headers));
    }

    /** Sends on a Vert.x context: on the test's own thread a handler might be set only after its event. */
    private Future<Answer> send(HttpMethod method, String uri, String body, MultiMap headers) {
        return Future.future(answered -> vertx.runOnContext(begin -> request(method, uri, body, headers)
                .compose(response -> response.body()
                        .map(bytes -> new Answer(response.statusCode(), response.headers(), bytes.toString())))
                .onComplete(answered)));
    }

    private HttpServer named(String name) {
        return origin(request -> request.response().end(name));
    }

    private Future<HttpClientResponse> request(HttpMethod method, String uri, String body, MultiMap headers) {
        return client.request(method, gateway.port(), HOST, uri).compose(request -> {
            request.headers().addAll(headers);
            return body.isEmpty() ? request.send() : request.send(body);
        });
    }

    private record Answer(int status, MultiMap headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }
}
