package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.SessionDrain;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drain of devices at shutdown; it has an application of its own, which accepts no devices afterwards. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(SessionDrainTest.DrainProfile.class)
class SessionDrainTest {
    private static final int INDEX = 0;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public static final class DrainProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("connector.shutdown-delay", "5s");
        }
    }

    @Inject
    TestBench bench;

    @Inject
    Connector connector;

    @Inject
    SessionDrain sessions;

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    private FakeCloud cloud;

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    /** Each time its timer may fire before the caller's thread has set it. */
    @Test
    void drainWithoutDevicesEnds() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            sessions.begin(Duration.ZERO, CloseReason.CONNECTOR_SHUTDOWN)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void deviceThatComesBeforeTheDrainIsDrainedAndLaterOnesAreRefused() throws Exception {
        Mqtt5Device idle = bench.newStartedDevice(cloud);
        Mqtt3Device old =
                Mqtt3Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        old.start(SECRET);
        Mqtt5Device busy = bench.newStartedDevice(cloud);
        Mqtt5Device newcomer =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        UUID session = cloud.await(DeviceConnected.class, busy.deviceId()).sessionId();
        busy.stopAcknowledging();
        cloud.command(INDEX, new PingDevice(busy.deviceId(), session, "first"));
        await().until(() -> busy.commands().size() == 1);

        FutureTask<Void> drain = new FutureTask<>(() -> {
            connector.drain(new ShutdownDelayInitiatedEvent());
            return null;
        });
        new Thread(drain, "drain").start();
        await().until(() -> status("/ready") == 503);
        Mqtt5Device late = bench.newStartedDevice(cloud);

        await().atMost(TIMEOUT).until(() -> cloud.receivedEvents().stream()
                .anyMatch(event -> event instanceof ConnectorHeartbeat last && last.connections() == null));
        assertThat(cloud.await(DeviceDisconnected.class, idle.deviceId()).reason())
                .isEqualTo("CONNECTOR_SHUTDOWN");
        assertThat(cloud.await(DeviceDisconnected.class, old.deviceId()).reason())
                .isEqualTo("CONNECTOR_SHUTDOWN");
        assertThat(cloud.await(DeviceDisconnected.class, late.deviceId()).reason())
                .isEqualTo("CONNECTOR_SHUTDOWN");
        await().until(() -> !idle.isConnected() && !old.isConnected());
        assertThat(idle.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN);
        assertThat(status("/live")).isEqualTo(200);
        assertThat(refusalOf(newcomer)).isEqualTo(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE);

        cloud.command(INDEX, new PingDevice(busy.deviceId(), session, "second"));
        await().until(() -> busy.commands().size() == 2);
        busy.sayAcknowledged("{\"type\":\"pong\",\"nonce\":\"first\"}");
        assertThat(busy.isConnected()).isTrue();
        assertThat(drain).isNotDone();
        busy.acknowledgeAll();

        assertThat(drain).succeedsWithin(TIMEOUT);
        assertThat(cloud.await(DevicePonged.class, busy.deviceId()).nonce()).isEqualTo("first");
        assertThat(cloud.await(DeviceDisconnected.class, busy.deviceId()).reason())
                .isEqualTo("CONNECTOR_SHUTDOWN");
        await().until(() -> !busy.isConnected());
        assertThat(busy.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN);
    }

    private static Mqtt5ConnAckReasonCode refusalOf(Mqtt5Device device) {
        var failure = catchThrowableOfType(Mqtt5ConnAckException.class, () -> device.client()
                .toBlocking()
                .connect(device.connectWith(SECRET).build()));
        return failure.getMqttMessage().getReasonCode();
    }

    private int status(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + kind)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
