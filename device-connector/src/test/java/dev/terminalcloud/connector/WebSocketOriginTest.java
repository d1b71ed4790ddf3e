package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of WebSockets that web pages open. {@link StockClientsTest} covers those of devices. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(WebSocketOriginTest.OriginProfile.class)
class WebSocketOriginTest {
    private static final String ALLOWED = "https://pay.example.org";

    public static final class OriginProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("connector.web-socket.allowed-origins", ALLOWED);
        }
    }

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://pay.example.org.evil.example"})
    void pageOfAnotherOriginIsRefused(String origin) {
        double before = refused();

        assertThatThrownBy(() -> open(origin))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, failure -> assertThat(
                                failure.getResponse().statusCode())
                        .isEqualTo(403));
        assertThat(refused()).isEqualTo(before + 1);
    }

    @Test
    void pagesOfAllowedOriginsMayConnect() {
        open(ALLOWED).abort();
        open("http://127.0.0.1:" + bench.ports().webSocket()).abort();
    }

    private WebSocket open(String origin) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .header("Origin", origin)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + bench.ports().webSocket() + "/mqtt"),
                        new WebSocket.Listener() {})
                .join();
    }

    private double refused() {
        return meters.counter("connector.connections.aborted", "reason", "origin_refused")
                .count();
    }
}
