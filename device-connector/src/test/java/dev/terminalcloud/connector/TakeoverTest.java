package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clients with the identity of one device: the limit of takeovers, without a refill. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(TakeoverTest.NoRefillProfile.class)
class TakeoverTest {
    private static final int MAX_TAKEOVERS = 4;

    public static final class NoRefillProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connector.takeovers.max-per-device",
                    Integer.toString(MAX_TAKEOVERS),
                    "connector.takeovers.refill-interval",
                    "1h");
        }
    }

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private FakeCloud cloud;
    private String deviceId;

    @BeforeEach
    void registerDevice() {
        cloud = bench.openCloud();
        deviceId = bench.newDevice(cloud);
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void currentSessionStaysAfterTooManyTakeovers() {
        Mqtt5Device current = takeOver(MAX_TAKEOVERS);

        assertThat(answerToMqtt5()).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
        assertThat(answerToMqtt3()).isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE);

        current.sayAcknowledged("{\"type\":\"pairing-code-request\"}");
        assertThat(cloud.eventsOf(DeviceDisconnected.class, deviceId)).hasSize(MAX_TAKEOVERS);
        current.disconnect();
    }

    @Test
    void manyRefusedTakeoversAreReportedOnce() {
        Mqtt5Device current = takeOver(MAX_TAKEOVERS);
        double refusedBefore = meters.counter("connector.connections.refused", "reason", "too_many_takeovers")
                .count();
        double episodesBefore = episodes();

        try (LogRecords logged = new LogRecords(deviceId)) {
            for (int i = 0; i < 100; i++) {
                assertThat(answerToMqtt5()).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
            }

            assertThat(logged.soFar()).singleElement().asString().startsWith("Takeovers of a device refused");
        }
        assertThat(episodes()).isEqualTo(episodesBefore + 1);
        assertThat(meters.counter("connector.connections.refused", "reason", "too_many_takeovers")
                        .count())
                .isEqualTo(refusedBefore + 100);
        assertThat(current.isConnected()).isTrue();
        current.disconnect();
    }

    @Test
    void deviceIsAcceptedWhenItsCurrentSessionHasEnded() {
        Mqtt5Device current = takeOver(MAX_TAKEOVERS);
        assertThat(answerToMqtt5()).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);

        current.disconnect();
        cloud.await(DeviceDisconnected.class, deviceId, MAX_TAKEOVERS + 1);

        for (int i = 0; i < 20; i++) {
            Mqtt5Device again = newDevice();
            again.start(SECRET);
            again.disconnect();
            cloud.await(DeviceDisconnected.class, deviceId, MAX_TAKEOVERS + 2 + i);
        }
    }

    @Test
    void wrongSecretIsNotAnsweredWithTheLimit() {
        Mqtt5Device current = takeOver(MAX_TAKEOVERS);

        assertThat(answerToMqtt5("wrong")).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        current.disconnect();
    }

    @Test
    void takeoversByAnotherConnectorAreLimited() {
        for (int i = 1; i <= MAX_TAKEOVERS; i++) {
            Mqtt5Device device = newDevice();
            device.start(SECRET);
            DeviceConnected session =
                    cloud.await(DeviceConnected.class, deviceId, i).get(i - 1);

            cloud.command(0, new EndSession(deviceId, session.sessionId()));

            cloud.await(DeviceDisconnected.class, deviceId, i);
            await().until(() -> !device.isConnected());
        }

        assertThat(answerToMqtt5()).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
        bench.newStartedDevice(cloud).disconnect();
    }

    /** Returns the device of the last session, after that many takeovers. */
    private Mqtt5Device takeOver(int times) {
        Mqtt5Device current = newDevice();
        current.start(SECRET);
        for (int i = 1; i <= times; i++) {
            Mqtt5Device previous = current;
            current = newDevice();
            current.start(SECRET);
            await().until(() -> !previous.isConnected());
        }
        cloud.await(DeviceDisconnected.class, deviceId, times);
        return current;
    }

    private Mqtt5Device newDevice() {
        return Mqtt5Device.overTcp(deviceId, bench.ports().mqtt());
    }

    private Mqtt5ConnAckReasonCode answerToMqtt5() {
        return answerToMqtt5(SECRET);
    }

    private Mqtt5ConnAckReasonCode answerToMqtt5(String secret) {
        Mqtt5Device device = newDevice();
        Throwable refusal = catchThrowable(() ->
                device.client().toBlocking().connect(device.connectWith(secret).build()));
        assertThat(refusal).isInstanceOf(Mqtt5ConnAckException.class);
        return ((Mqtt5ConnAckException) refusal).getMqttMessage().getReasonCode();
    }

    private Mqtt3ConnAckReturnCode answerToMqtt3() {
        Mqtt3Device device = Mqtt3Device.overTcp(deviceId, bench.ports().mqtt());
        Throwable refusal = catchThrowable(() ->
                device.client().toBlocking().connect(device.connectWith(SECRET).build()));
        assertThat(refusal).isInstanceOf(Mqtt3ConnAckException.class);
        return ((Mqtt3ConnAckException) refusal).getMqttMessage().getReturnCode();
    }

    private double episodes() {
        return meters.counter("connector.takeover.episodes").count();
    }
}
