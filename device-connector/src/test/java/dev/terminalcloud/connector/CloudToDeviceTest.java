package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static dev.terminalcloud.connector.fake.TestDevice.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.session.DeviceTopics;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.OriginalTransaction;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivery of commands to devices, and the commands that are dropped. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class CloudToDeviceTest {
    /** Bytes of type and length of a packet of 128 bytes or more. */
    private static final int FIXED_HEADER = 3;

    /** Bytes of the topic's length, the packet id and an empty list of properties. */
    private static final int VARIABLE_HEADER = 2 + 2 + 1;

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

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
    void offerReachesTheDeviceAsTheProtocolWritesIt() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID transactionId = UUID.randomUUID();

        cloud.command(
                0,
                new OfferTransaction(
                        device.deviceId(),
                        session(device, 1),
                        transactionId,
                        3,
                        "Card.Purchase",
                        RequestedAmounts.ofTotal(500),
                        null,
                        null,
                        null,
                        OriginalTransaction.NONE));

        await().until(() -> !device.commands().isEmpty());
        assertThat(device.commands())
                .hasToString("[{\"type\":\"offer-transaction\",\"transactionId\":\"" + transactionId
                        + "\",\"pairingNumber\":3,\"function\":\"Card.Purchase\",\"amountTotal\":500}]");
        device.disconnect();
    }

    @Test
    void commandForAnEarlierSessionIsDropped() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID earlier = session(device, 1);
        device.disconnect();
        device.start(SECRET);
        UUID current = session(device, 2);

        ping(device, earlier, "for the earlier session");
        ping(device, UUID.randomUUID(), "for no session");
        ping(device, current, "for the current session");

        await().until(() -> !device.commands().isEmpty());
        assertThat(nonces(device)).containsExactly("for the current session");
        device.disconnect();
    }

    @Test
    void commandOfAnotherPartitionIsNotRead() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID session = session(device, 1);

        cloud.command(1, new PingDevice(device.deviceId(), session, "elsewhere"));
        ping(device, session, "here");

        await().until(() -> !device.commands().isEmpty());
        assertThat(nonces(device)).containsExactly("here");
        device.disconnect();
    }

    @Test
    void atMostSixteenCommandsAreUnacknowledgedAndTheRestFollowInOrder() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        Mqtt5Device other = bench.newStartedDevice(cloud);
        UUID session = session(device, 1);
        device.stopAcknowledging();

        List<String> nonces = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        nonces.forEach(nonce -> ping(device, session, nonce));
        ping(other, session(other, 1), "the slow device does not hold up others");
        await().until(() -> !other.commands().isEmpty());
        assertThat(nonces(device)).isEqualTo(nonces.subList(0, 16));

        device.acknowledgeAll();
        await().until(() -> device.commands().size() == 40);
        assertThat(nonces(device)).isEqualTo(nonces);
        device.disconnect();
        other.disconnect();
    }

    @Test
    void moreCommandsThanMayWaitCloseTheConnection() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID session = session(device, 1);
        device.stopAcknowledging();

        IntStream.range(0, 16 + 64 + 1).forEach(i -> ping(device, session, "n"));

        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo("COMMAND_QUEUE_FULL");
    }

    @Test
    void endSessionClosesThatSession() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID session = session(device, 1);

        cloud.command(0, new EndSession(device.deviceId(), UUID.randomUUID()));
        cloud.command(0, new EndSession(device.deviceId(), session));

        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()))
                .isEqualTo(new DeviceDisconnected(device.deviceId(), session, "SUPERSEDED"));
        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER);
    }

    @Test
    void unknownAndUnreadableCommandsAreSkipped() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        cloud.sendRaw(Topic.DEVICE_COMMANDS, 0, device.deviceId(), "{\"type\":\"device.from-the-future.v9\"}");
        cloud.sendRaw(Topic.DEVICE_COMMANDS, 0, device.deviceId(), "no JSON");
        ping(device, session(device, 1), "after them");

        await().until(() -> !device.commands().isEmpty());
        assertThat(nonces(device)).containsExactly("after them");
        device.disconnect();
    }

    @Test
    void packetOfExactlyTheMaximumSizeIsSentAndALargerOneIsDropped() {
        int maximumPacketSize = 200;
        Mqtt5Device device =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        device.client()
                .connect(device.connectWith(SECRET)
                        .restrictions()
                        .maximumPacketSize(maximumPacketSize)
                        .applyRestrictions()
                        .build())
                .join();
        device.subscribe();
        device.sayAcknowledged(HELLO);
        UUID session = session(device, 1);
        double dropped = tooLarge();
        int packetWithoutNonce = FIXED_HEADER
                + VARIABLE_HEADER
                + DeviceTopics.commands(device.deviceId()).length()
                + "{\"type\":\"ping\",\"nonce\":\"\"}".length();
        int rest = maximumPacketSize - packetWithoutNonce;

        ping(device, session, "x".repeat(rest + 1));
        ping(device, session, "y".repeat(rest));
        ping(device, session, "small");

        await().until(() -> device.commands().size() == 2);
        assertThat(nonces(device)).containsExactly("y".repeat(rest), "small");
        assertThat(tooLarge()).isEqualTo(dropped + 1);
        assertThat(device.isConnected()).isTrue();
        device.disconnect();
    }

    @Test
    void payloadIsWhatTheLimitOfCommandsIsAbout() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID session = session(device, 1);
        int rest = 262_144 - "{\"type\":\"ping\",\"nonce\":\"\"}".length();

        ping(device, session, "x".repeat(rest + 1));
        ping(device, session, "y".repeat(rest));

        await().until(() -> !device.commands().isEmpty());
        assertThat(nonces(device)).containsExactly("y".repeat(rest));
        device.disconnect();
    }

    private double tooLarge() {
        return meters.counter("connector.commands.dropped", "reason", "too_large")
                .count();
    }

    private void ping(Mqtt5Device device, UUID session, String nonce) {
        cloud.command(0, new PingDevice(device.deviceId(), session, nonce));
    }

    /** Returns the session that the device's hello of that count opened. */
    private UUID session(Mqtt5Device device, int hello) {
        return cloud.await(DeviceConnected.class, device.deviceId(), hello)
                .get(hello - 1)
                .sessionId();
    }

    private static List<String> nonces(Mqtt5Device device) {
        return device.commands().stream()
                .map(command -> command.path("nonce"))
                .map(JsonNode::textValue)
                .toList();
    }
}
