package dev.terminalcloud.local.gateway;

import static dev.terminalcloud.local.TestTimeouts.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway =
                get(Gateway.listen(vertx, "127.0.0.1", 0, List.of(Route.stream("/stream", request -> request.response()
                        .setChunked(true)
                        .write("begun")))));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void drainDoesNotWaitForStreams() throws Exception {
        try (InputStream stream = open("GET", "/stream").body()) {
            assertThat(stream.readNBytes(5)).asString().isEqualTo("begun");
            assertThat(gateway.requestsInFlight()).isZero();
            get(gateway.drain());
        }
    }

    @Test
    void anythingButReadingExactlyThatPathIsNotThere() throws Exception {
        assertThat(open("POST", "/stream").statusCode()).isEqualTo(404);
        assertThat(open("GET", "/stream/more").statusCode()).isEqualTo(404);
    }

    private HttpResponse<InputStream> open(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(gateway.port(), path)))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofInputStream());
    }
}
