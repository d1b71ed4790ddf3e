package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.OwnBroker;
import dev.terminalcloud.connector.fake.RecordedExit;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Outage of Kafka while devices send messages, and the loss of its data, after which the connector exits. */
@QuarkusTest
@TestMethodOrder(OrderAnnotation.class)
@WithTestResource(OwnBroker.class)
class KafkaOutageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Inject
    TestBench bench;

    @Inject
    RecordedExit exit;

    private OwnBroker broker;

    /** A refusal that says that a secret is wrong would count against the device and its address. */
    @Test
    @Order(0)
    void connectorThatKnowsNoDeviceIsUnavailable() {
        Mqtt5Device device =
                Mqtt5Device.overTcp(FakeCloud.newDeviceId(), bench.ports().mqtt());

        Throwable refusal = catchThrowable(() ->
                device.client().toBlocking().connect(device.connectWith(SECRET).build()));

        assertThat(((Mqtt5ConnAckException) refusal).getMqttMessage().getReasonCode())
                .isEqualTo(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    @Order(1)
    void nothingIsAcknowledgedDuringAnOutageAndNothingIsLostByIt() {
        FakeCloud cloud = bench.openCloud();
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID first = cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
        String claim = "{\"type\":\"transaction-claim\",\"transactionId\":\"" + UUID.randomUUID() + "\"}";

        broker.pause();
        CompletionStage<?> said = device.say(claim);
        await().atMost(TIMEOUT).until(() -> !device.isConnected());
        broker.resume();

        assertThat(said.toCompletableFuture()).isCompletedExceptionally();
        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()))
                .isEqualTo(new DeviceDisconnected(device.deviceId(), first, "EVENT_PUBLISH_TIMEOUT"));
        device.start(SECRET);
        device.sayAcknowledged(claim);
        UUID second =
                cloud.await(DeviceConnected.class, device.deviceId(), 2).get(1).sessionId();
        assertThat(cloud.await(TransactionClaimed.class, device.deviceId(), 1))
                .extracting(TransactionClaimed::sessionId)
                .contains(second);
        assertThat(exit.reasons()).isEmpty();
        device.disconnect();
        cloud.close();
    }

    @Test
    @Order(2)
    void connectorWithAnEpochFromBeforeALossExits() {
        try (FakeCloud cloud = bench.openCloud()) {
            cloud.publishRegistry(1_796_040_000_000_000L);

            await().atMost(TIMEOUT).until(() -> exit.reasons()
                    .contains("The device registry was published again, since Kafka had lost its data"));
        }
    }

    @Test
    @Order(3)
    void connectorDoesNotOutliveTheDataOfItsKafka() {
        bench.ports();
        broker.pause();
        broker.resumeWithoutData();

        await().atMost(TIMEOUT).until(() -> exit.reasons().contains("Kafka has lost its data"));
    }
}
