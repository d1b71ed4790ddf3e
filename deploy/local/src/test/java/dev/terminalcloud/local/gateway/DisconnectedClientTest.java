package dev.terminalcloud.local.gateway;

import static dev.terminalcloud.local.TestTimeouts.await;
import static dev.terminalcloud.local.TestTimeouts.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.TestTimeouts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests clients that disconnect before they are answered: the service gets what they asked for, and is held by none of them. */
@Tag("slow")
class DisconnectedClientTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration TIMEOUT = TestTimeouts.TIMEOUT;
    private static final int CLIENTS = 10;

    /** A way in which a client disconnects. */
    enum Departure {
        RESET {
            @Override
            void of(RawRequest client) throws IOException {
                client.reset();
            }
        },
        CLOSE {
            @Override
            void of(RawRequest client) throws IOException {
                client.close();
            }
        },
        /** The client would still read, but Netty does not distinguish that from a client that has closed the connection. */
        HALF_CLOSE {
            @Override
            void of(RawRequest client) throws IOException {
                client.finishSending();
            }
        };

        abstract void of(RawRequest client) throws IOException;
    }

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile HttpServerRequest lastHeld;
    private Gateway gateway;

    @BeforeEach
    void start() {
        HttpServer origin =
                get(vertx.createHttpServer().requestHandler(this::hold).listen(0, HOST));
        SocketAddress address = SocketAddress.inetSocketAddress(origin.actualPort(), HOST);
        List<Route> routes = List.of(Route.http("/POS/Transaction", Upstream.unchecked(List.of(address))));
        gateway = get(Gateway.listen(vertx, HOST, 0, routes, new GatewayTimeouts(TIMEOUT, TIMEOUT, TIMEOUT)));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RESET      | GET /POS/Transaction/1 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "CLOSE      | GET /POS/Transaction/1 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "HALF_CLOSE | GET /POS/Transaction/1 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "RESET      | POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\na=b",
                "CLOSE      | POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\na=b",
                "HALF_CLOSE | POST /POS/Transaction HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\na=b",
                "RESET      | POST /POS/Transaction HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\na=b\\r\\n0\\r\\n\\r\\n",
                "HALF_CLOSE | POST /POS/Transaction HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\na=b\\r\\n0\\r\\n\\r\\n",
                "RESET      | POST /POS/Transaction HTTP/1.1\\r\\nContent-Length: 3\\r\\n\\r\\na=bGET /POS/Transaction/2 HTTP/1.1\\r\\n\\r\\n",
                "CLOSE      | POST /POS/Transaction HTTP/1.1\\r\\nContent-Length: 3\\r\\n\\r\\na=bGET /POS/Transaction/2 HTTP/1.1\\r\\n\\r\\n",
            })
    void heldRequestIsReleasedWithItsClient(Departure departure, String text) throws IOException {
        for (int client = 1; client <= CLIENTS; client++) {
            int earlier = received.get();
            try (RawRequest request = RawRequest.to(gateway.port()).send(text.translateEscapes())) {
                await().until(() -> received.get() > earlier);
                departure.of(request);
                awaitNothingHeld();
            }
        }
        Future<Void> drained = gateway.drain();
        await().until(drained::succeeded);
    }

    /** Nobody knows whether the kernel passes on what came before a reset; what it passes on after an orderly end is complete. */
    @ParameterizedTest
    @EnumSource(
            value = Departure.class,
            names = {"CLOSE", "HALF_CLOSE"})
    void completeRequestReachesItsServiceAlthoughItsClientLeavesAtOnce(Departure departure) throws IOException {
        for (int client = 0; client < CLIENTS; client++) {
            RawRequest request = RawRequest.to(gateway.port())
                    .send("POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b");
            departure.of(request);
        }
        await().until(() -> received.get() == CLIENTS);
        awaitNothingHeld();
    }

    @ParameterizedTest
    @EnumSource(Departure.class)
    void incompleteRequestReachesNoServiceAndIsNotCounted(Departure departure) throws IOException {
        for (int client = 0; client < CLIENTS; client++) {
            RawRequest request = RawRequest.to(gateway.port())
                    .send("POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na=b");
            await().until(() -> gateway.requestsInFlight() == 1);
            departure.of(request);
            awaitNothingHeld();
        }
        assertThat(received).hasValue(0);
    }

    /** Its connection to the service serves the request of another client by then. */
    @Test
    void answeredRequestIsNotResetWhenItsClientDisconnectsLater() throws IOException {
        String answered = "GET /POS/Transaction/answered HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawRequest early = RawRequest.to(gateway.port()).send(answered);
                RawRequest late = RawRequest.to(gateway.port())) {
            early.readUntil("at once");
            late.send("GET /POS/Transaction/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> received.get() == 1);

            early.reset();
            try (RawRequest other = RawRequest.to(gateway.port()).send(answered)) {
                other.readUntil("at once");
            }
            lastHeld.response().end("in the end");

            assertThat(late.readUntil("in the end")).startsWith("HTTP/1.1 200");
        }
    }

    private void awaitNothingHeld() {
        await().until(() -> held.get() == 0 && gateway.requestsInFlight() == 0);
    }

    private void hold(HttpServerRequest request) {
        if (request.path().endsWith("/answered")) {
            request.response().end("at once");
            return;
        }
        lastHeld = request;
        held.incrementAndGet();
        request.connection().closeHandler(gone -> held.decrementAndGet());
        request.body().onSuccess(body -> received.incrementAndGet());
    }
}
