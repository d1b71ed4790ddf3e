package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.RecordedExit;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.LateServers;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Startup of the connector before Kafka. */
@QuarkusTest
@WithTestResource(LateServers.class)
class LateKafkaTest {
    @Inject
    TestBench bench;

    @Inject
    RecordedExit exit;

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    private LateServers servers;

    @Test
    void itWaitsAliveAndNotReadyAndThenLetsDevicesIn() throws Exception {
        await().untilAsserted(() -> assertThat(ask("/ready").body())
                .contains("\"stage\": \"WAITING_FOR_KAFKA\"")
                .containsPattern("\"waitingFor\": \"Kafka at 127.0.0.1:[0-9]+: no response"));
        assertThat(ask("/ready").statusCode()).isEqualTo(503);
        assertThat(ask("/live").statusCode()).isEqualTo(200);

        servers.startKafka();

        try (FakeCloud cloud = bench.openCloud()) {
            Mqtt5Device device = bench.newStartedDevice(cloud);
            assertThat(cloud.await(DeviceConnected.class, device.deviceId()).deviceId())
                    .isEqualTo(device.deviceId());
            device.disconnect();
        }
        assertThat(ask("/ready").statusCode()).isEqualTo(200);
        assertThat(exit.reasons()).isEmpty();
    }

    private HttpResponse<String> ask(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + kind)).build(), BodyHandlers.ofString());
    }
}
