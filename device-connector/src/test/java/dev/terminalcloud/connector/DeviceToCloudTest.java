package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static dev.terminalcloud.connector.fake.TestDevice.HELLO;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.ConnectorEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.TransactionResult;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages from devices, allowed and forbidden ones. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class DeviceToCloudTest {
    @Inject
    TestBench bench;

    private FakeCloud cloud;

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void helloNamesTheConnectorAndItsEpoch() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        DeviceConnected connected = cloud.await(DeviceConnected.class, device.deviceId());

        assertThat(connected)
                .isEqualTo(new DeviceConnected(
                        device.deviceId(), connected.sessionId(), 0, epoch(), "M1", "1.0", DeviceStatus.READY));
        device.disconnect();
    }

    @Test
    void acknowledgedEventsAreInKafkaInOrder() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID transactionId = UUID.randomUUID();

        List<CompletableFuture<?>> said = IntStream.range(0, 50)
                .<CompletableFuture<?>>mapToObj(
                        i -> device.say(progress(transactionId, "prompt " + i)).toCompletableFuture())
                .toList();
        CompletableFuture.allOf(said.toArray(CompletableFuture[]::new)).join();

        assertThat(cloud.await(TransactionProgressed.class, device.deviceId(), 50))
                .extracting(TransactionProgressed::prompt)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "prompt " + i).toList());
        device.disconnect();
    }

    @Test
    void unpublishedEventIsNotAcknowledgedAndIsResent() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        DeviceConnected first = cloud.await(DeviceConnected.class, device.deviceId());
        UUID transactionId = UUID.randomUUID();
        CompletionStage<?> said;
        cloud.letKafkaStoreDeviceEvents(false);
        try (LogRecords logged = new LogRecords("EVENT_PUBLISH_TIMEOUT")) {
            said = device.say(claim(transactionId));
            await().atMost(Duration.ofSeconds(60)).until(() -> !device.isConnected());
            assertThat(logged.soFar()).singleElement().asString().endsWith(" {transactionId=" + transactionId + "}");
        } finally {
            cloud.letKafkaStoreDeviceEvents(true);
        }

        assertThat(said.toCompletableFuture()).isCompletedExceptionally();
        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()))
                .isEqualTo(new DeviceDisconnected(device.deviceId(), first.sessionId(), "EVENT_PUBLISH_TIMEOUT"));
        device.start(SECRET);
        device.sayAcknowledged(claim(transactionId));
        UUID second =
                cloud.await(DeviceConnected.class, device.deviceId(), 2).get(1).sessionId();
        assertThat(cloud.eventsOf(TransactionClaimed.class, device.deviceId()))
                .contains(new TransactionClaimed(device.deviceId(), second, transactionId));
        device.disconnect();
    }

    @Test
    void messageThatBreaksItsRulesButNamesATransactionIsKeptAsRejectedAndAcknowledged() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID transactionId = UUID.randomUUID();

        device.sayAcknowledged(
                "{\"type\":\"transaction-finished\",\"result\":\"ok\",\"amountTotal\":1,\"transactionId\":\""
                        + transactionId + "\"}");

        DeviceMessageRejected rejected = cloud.await(DeviceMessageRejected.class, device.deviceId());
        assertThat(rejected.transactionId()).isEqualTo(transactionId);
        assertThat(rejected.messageType()).isEqualTo("transaction-finished");
        assertThat(rejected.payload()).contains("\"amountTotal\":1");
        assertThat(device.isConnected()).isTrue();
        device.disconnect();
    }

    @Test
    void logLineAboutATransactionNamesItAndTheLinesAfterItDoNot() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID transactionId = UUID.randomUUID();
        try (LogRecords logged = new LogRecords(device.deviceId())) {
            device.sayAcknowledged("{\"type\":\"transaction-finished\",\"result\":\"ok\",\"transactionId\":\""
                    + transactionId + "\"}");
            device.disconnect();
            await().until(() -> logged.soFar().size() == 2);

            assertThat(logged.soFar().get(0))
                    .startsWith("Invalid message rejected")
                    .contains("deviceId=%s transactionId=%s".formatted(device.deviceId(), transactionId))
                    .endsWith(" {transactionId=" + transactionId + "}");
            assertThat(logged.soFar().get(1)).startsWith("Device disconnected").endsWith(" {}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timestamp | \"2026-11-26T10:15:00+13:00\"",
                "timestamp | \"\"",
                "timestamp | \"20261326101500\"",
                "amountTip | \"\"",
                "amountTip | 1.5",
                "acquirerRef | 13",
                "receipt | \"caf\u00e9\"",
            })
    void resultIsTakenWithoutItsInvalidMember(String member, String value) {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID transactionId = UUID.randomUUID();

        sayBytes(
                device,
                """
                {"type":"transaction-finished","transactionId":"%s","transactionResult":"OK-ACCEPTED","result":"OK",
                "amountTotal":500.0,"amountSurcharge":0,"%s":%s}"""
                        .formatted(transactionId, member, value)
                        .getBytes(ISO_8859_1));

        TransactionFinished finished = cloud.await(TransactionFinished.class, device.deviceId());
        assertThat(finished.transactionId()).isEqualTo(transactionId);
        assertThat(finished.ignoredMembers()).containsExactly(member);
        assertThat(finished.report().transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(finished.report().amounts().amountTotalCents()).isEqualTo(500);
        assertThat(device.isConnected()).isTrue();
        device.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff%s", "%s\0", "%s\r\n\0", "\ufeff%s\0"})
    void resultIsTakenWithoutWhatSurroundsIt(String surroundings) {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID transactionId = UUID.randomUUID();
        String result = "{\"type\":\"transaction-finished\",\"transactionId\":\"%s\",\"result\":\"FAILED\"}";

        device.sayAcknowledged(surroundings.formatted(result.formatted(transactionId)));

        TransactionFinished finished = cloud.await(TransactionFinished.class, device.deviceId());
        assertThat(finished.transactionId()).isEqualTo(transactionId);
        assertThat(finished.ignoredMembers()).isNull();
        device.disconnect();
    }

    @Test
    void unreadableMessageIsKeptAndAcknowledgedEachTime() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        byte[] cut = "{\"type\":\"transaction-finished\",\"resultText\":\"caf\u00e9 4111 1111 1111 1111"
                .getBytes(ISO_8859_1);

        sayBytes(device, cut);
        sayBytes(device, cut);

        assertThat(cloud.await(DeviceMessageUnreadable.class, device.deviceId(), 2))
                .extracting(DeviceMessageUnreadable::reason, DeviceMessageUnreadable::payload)
                .containsOnly(tuple(
                        "not a JSON object",
                        "{\"type\":\"transaction-finished\",\"resultText\":\"caf\\xE9 **** **** **** 1111"));
        assertThat(device.isConnected()).isTrue();
        device.disconnect();
    }

    @Test
    void unreadableMessageBeforeHelloIsNotKept() {
        Mqtt5Device device = newConnectedDevice();
        device.subscribe();

        device.say("no JSON");

        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.PAYLOAD_FORMAT_INVALID);
        assertThat(cloud.eventsOf(DeviceMessageUnreadable.class, device.deviceId()))
                .isEmpty();
    }

    @Test
    void messageOfAnUnknownTypeIsAcknowledgedAndIgnored() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        device.sayAcknowledged("{\"type\":\"from-the-future\"}");

        assertThat(device.isConnected()).isTrue();
        device.disconnect();
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                forbidden("QOS_REFUSED", device -> publish(device, ownTopic(device), MqttQos.AT_MOST_ONCE, false)),
                forbidden("QOS_REFUSED", device -> publish(device, ownTopic(device), MqttQos.EXACTLY_ONCE, false)),
                forbidden(
                        "RETAINED_MESSAGE_REFUSED",
                        device -> publish(device, ownTopic(device), MqttQos.AT_LEAST_ONCE, true)),
                forbidden(
                        "TOPIC_REFUSED",
                        device -> publish(device, "devices/7000000001/events", MqttQos.AT_LEAST_ONCE, false)),
                forbidden(
                        "TOPIC_REFUSED",
                        device -> publish(
                                device, "devices/" + device.deviceId() + "/commands", MqttQos.AT_LEAST_ONCE, false)),
                forbidden("TOPIC_REFUSED", device -> subscribe(device, "devices/7000000001/commands", 1)),
                forbidden("TOPIC_REFUSED", device -> subscribe(device, "devices/+/commands", 1)),
                forbidden("TOPIC_REFUSED", device -> subscribe(device, "#", 1)),
                forbidden("TOPIC_REFUSED", device -> subscribe(device, ownTopic(device), 1)),
                forbidden("TOPIC_REFUSED", device -> device.client()
                        .subscribeWith()
                        .addSubscription()
                        .topicFilter("devices/" + device.deviceId() + "/commands")
                        .applySubscription()
                        .addSubscription()
                        .topicFilter("#")
                        .applySubscription()
                        .send()),
                forbidden("QOS_REFUSED", device -> subscribe(device, "devices/" + device.deviceId() + "/commands", 0)),
                forbidden("QOS_REFUSED", device -> subscribe(device, "devices/" + device.deviceId() + "/commands", 2)),
                forbidden("NOT_SUBSCRIBED", device -> device.client()
                        .unsubscribeWith()
                        .topicFilter("devices/" + device.deviceId() + "/commands")
                        .send()),
                forbidden("MALFORMED_MESSAGE", device -> sayUnreadable(device, 11)),
                forbidden("MALFORMED_MESSAGE", device -> device.say("{\"type\":\"status\",\"status\":\"FINE\"}")),
                forbidden("MALFORMED_MESSAGE", device -> device.say("{\"type\":\"pong\",\"nonce\":\"\\u0000\"}")),
                forbidden("PACKET_TOO_LARGE", device -> device.say("x".repeat(65_536))),
                forbidden("TOO_MANY_PACKETS", device -> flood(device, 250)));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void forbiddenPacketClosesTheConnection(String reason, Function<Mqtt3Device, CompletionStage<?>> action) {
        Mqtt3Device device =
                Mqtt3Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        device.start(SECRET);

        assertThat(action.apply(device)).isNotNull();

        await().until(() -> !device.isConnected());
        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo(reason);
    }

    @Test
    void nothingMayComeBeforeHello() {
        Mqtt5Device device = newConnectedDevice();
        device.subscribe();

        device.say("{\"type\":\"pong\",\"nonce\":\"1\"}");

        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.PROTOCOL_ERROR);
        assertThat(cloud.eventsOf(DeviceDisconnected.class, device.deviceId())).isEmpty();
    }

    @Test
    void helloBeforeTheSubscriptionClosesTheConnection() {
        Mqtt5Device device = newConnectedDevice();

        device.say(HELLO);

        await().until(() -> !device.isConnected());
        assertThat(cloud.eventsOf(DeviceConnected.class, device.deviceId())).isEmpty();
    }

    @Test
    void mqtt5DeviceGetsTheReasonCode() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        device.say("{\"type\":\"pong\"}");

        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.PAYLOAD_FORMAT_INVALID);
    }

    private Mqtt5Device newConnectedDevice() {
        Mqtt5Device device =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        device.connect(SECRET);
        return device;
    }

    /** Returns the epoch in the connector's heartbeats. */
    private long epoch() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> cloud.receivedEvents().stream()
                                .filter(ConnectorEvent.ConnectorHeartbeat.class::isInstance)
                                .map(ConnectorEvent.ConnectorHeartbeat.class::cast)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .epoch();
    }

    private static Arguments forbidden(String reason, Function<Mqtt3Device, CompletionStage<?>> action) {
        return Arguments.of(reason, action);
    }

    private static CompletionStage<?> sayUnreadable(Mqtt3Device device, int messages) {
        return CompletableFuture.allOf(IntStream.range(0, messages)
                .mapToObj(i -> device.say("no JSON").toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** Publishes bytes that may be no text; waits for the acknowledgement. */
    private static void sayBytes(Mqtt5Device device, byte[] payload) {
        device.client()
                .publishWith()
                .topic("devices/" + device.deviceId() + "/events")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send()
                .thenAccept(result -> assertThat(result.getError()).isEmpty())
                .join();
    }

    private static CompletionStage<?> flood(Mqtt3Device device, int messages) {
        return CompletableFuture.allOf(IntStream.range(0, messages)
                .mapToObj(i -> device.say("{\"type\":\"from-the-future\"}").toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static CompletionStage<?> publish(Mqtt3Device device, String topic, MqttQos qos, boolean retain) {
        return device.client()
                .publishWith()
                .topic(topic)
                .qos(qos)
                .retain(retain)
                .payload("{\"type\":\"pairing-code-request\"}".getBytes(UTF_8))
                .send();
    }

    private static CompletionStage<?> subscribe(Mqtt3Device device, String topic, int qos) {
        return device.client()
                .subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.fromCode(qos))
                .send();
    }

    private static String ownTopic(Mqtt3Device device) {
        return "devices/" + device.deviceId() + "/events";
    }

    private static String claim(UUID transactionId) {
        return "{\"type\":\"transaction-claim\",\"transactionId\":\"" + transactionId + "\"}";
    }

    private static String progress(UUID transactionId, String prompt) {
        return "{\"type\":\"transaction-progress\",\"transactionId\":\"%s\",\"prompt\":\"%s\"}"
                .formatted(transactionId, prompt);
    }
}
