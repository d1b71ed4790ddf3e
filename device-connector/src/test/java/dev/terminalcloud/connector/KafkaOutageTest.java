package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Test;

/** Outage of Kafka while devices send messages. */
@QuarkusTest
@WithTestResource(OwnBroker.class)
class KafkaOutageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    TestBench bench;

    @Inject
    RecordedExit exit;

    private OwnBroker broker;

    @Test
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
}
