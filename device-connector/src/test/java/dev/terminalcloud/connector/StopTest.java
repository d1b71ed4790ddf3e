package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Shutdown of the connector; it has an application of its own, which cannot be used afterwards. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(StopTest.StopProfile.class)
class StopTest {
    public static final class StopProfile implements QuarkusTestProfile {}

    @Inject
    TestBench bench;

    @Inject
    Connector connector;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI readiness;

    @Test
    void shutdownDisconnectsDevicesAndRefusesConnects() throws IOException, InterruptedException {
        FakeCloud cloud = bench.openCloud();
        Mqtt5Device device = bench.newStartedDevice(cloud);
        int port = bench.ports().mqtt();
        assertThat(readinessStatus()).isEqualTo(200);

        connector.stop(new ShutdownEvent());

        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN);
        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo("CONNECTOR_SHUTDOWN");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(IOException.class);
        assertThat(readinessStatus()).isEqualTo(503);
        cloud.close();
    }

    private int readinessStatus() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
