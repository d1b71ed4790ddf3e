package dev.terminalcloud.local;

import static dev.terminalcloud.local.TestTimeouts.await;
import static dev.terminalcloud.local.TestTimeouts.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.local.gateway.Gateway;
import dev.terminalcloud.local.gateway.Route;
import dev.terminalcloud.local.gateway.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayDrainTest {
    private static final Duration TIMEOUT = TestTimeouts.TIMEOUT;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Port.free();
    private final StringWriter terminal = new StringWriter();
    private final CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    private final CompletableFuture<Void> cutShort = new CompletableFuture<>();
    private GatewayDrain drain;

    @BeforeEach
    void start() {
        HttpServer origin =
                get(vertx.createHttpServer().requestHandler(held::complete).listen(0, "127.0.0.1"));
        SocketAddress address = SocketAddress.inetSocketAddress(origin.actualPort(), "127.0.0.1");
        Gateway gateway = get(Gateway.listen(
                vertx, "127.0.0.1", port, List.of(Route.http("/hold", Upstream.unchecked(List.of(address))))));
        drain = new GatewayDrain(gateway, new Progress(new PrintWriter(terminal)), cutShort);
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void heldRequestsAreAnsweredBeforeTheGatewayStops() {
        CompletableFuture<HttpResponse<String>> answer = ask();
        HttpServerRequest atOrigin =
                held.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join();
        CompletableFuture<Void> drained = CompletableFuture.runAsync(drain::run);
        await().until(() -> terminal.toString().contains("Waiting for 1 held request; press Ctrl-C again to stop now"));
        assertThat(drained).isNotDone();

        atOrigin.response().end("done");

        assertThat(drained).succeedsWithin(TIMEOUT);
        assertThat(answer.join().body()).isEqualTo("done");
        assertThat(ask()).failsWithin(TIMEOUT);
    }

    @Test
    void interruptedDrainStopsAtOnce() {
        CompletableFuture<HttpResponse<String>> answer = ask();
        held.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join();
        CompletableFuture<Void> drained = CompletableFuture.runAsync(drain::run);
        await().until(() -> terminal.toString().contains("Waiting"));

        cutShort.complete(null);

        assertThat(drained).succeedsWithin(TIMEOUT);
        assertThat(answer).failsWithin(TIMEOUT);
    }

    @Test
    void drainWithoutRequestsPrintsNothing() {
        assertThat(CompletableFuture.runAsync(drain::run)).succeedsWithin(TIMEOUT);
        assertThat(terminal.toString()).isEmpty();
        assertThat(ask()).failsWithin(TIMEOUT);
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        URI uri = URI.create("http://127.0.0.1:%d/hold".formatted(port));
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
