package dev.terminalcloud.connector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fuzz.Conversation.Stage;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Regressions that the fuzz tests found: packets that the MQTT library does not handle. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class StrangePacketsTest {
    private static final int UNKNOWN_REASON = 0x42;
    private static final Buffer ENDS_IN_THE_MIDDLE = Packet.bytes(0x82, 4, 0, 1, 0, 9);

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

    static Stream<Arguments> strange() {
        Packet otherVersion = Packet.connect(9, "7000000001", "x");
        return Stream.concat(
                Stream.of(
                        Arguments.of("MALFORMED_PACKET", otherVersion.bytes()),
                        Arguments.of(
                                "MALFORMED_PACKET",
                                Packet.connect(5, "7000000001", "x").bytes()),
                        Arguments.of(
                                "MALFORMED_PACKET",
                                Packet.acknowledgement("PUBACK", 0x40, UNKNOWN_REASON)
                                        .bytes()),
                        Arguments.of(
                                "MALFORMED_PACKET",
                                Packet.disconnect(UNKNOWN_REASON).bytes()),
                        Arguments.of("MALFORMED_PACKET", ENDS_IN_THE_MIDDLE),
                        Arguments.of("PACKET_TOO_LARGE", Packet.bytes(0x32).appendBuffer(Packet.length(65_537)))),
                Packet.notForClients().stream().map(packet -> Arguments.of("MALFORMED_PACKET", packet.bytes())));
    }

    @ParameterizedTest
    @MethodSource("strange")
    void strangePacketEndsTheSession(String reason, Buffer packet) throws IOException {
        Conversation conversation = new Conversation(bench.newDevice(cloud), Packet.MQTT_5);

        send(Transport.TCP, conversation.until(Stage.GREETED).appendBuffer(packet), true);

        assertThat(cloud.await(DeviceDisconnected.class, conversation.deviceId())
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void textFrameEndsTheSession() throws IOException {
        Conversation conversation = new Conversation(bench.newDevice(cloud), Packet.MQTT_5);
        Buffer greeted = WebSocketFrame.of(WebSocketFrame.BINARY, conversation.until(Stage.GREETED));

        send(
                Transport.FRAMES,
                greeted.appendBuffer(
                        WebSocketFrame.of(WebSocketFrame.TEXT, Packet.ping().bytes())),
                true);

        assertThat(cloud.await(DeviceDisconnected.class, conversation.deviceId())
                        .reason())
                .isEqualTo("MALFORMED_PACKET");
    }

    @Test
    void messageMayComeInSeveralWebSocketFrames() throws IOException {
        Conversation conversation = new Conversation(bench.newDevice(cloud), Packet.MQTT_3_1_1);

        send(Transport.FRAMES, FrameFuzzCases.fragments(conversation.until(Stage.GREETED)), false);

        assertThat(cloud.await(DeviceConnected.class, conversation.deviceId()).model())
                .isEqualTo("M1");
    }

    @Test
    void malformedPacketBeforeConnectIsNotLoggedAsAnError() throws IOException {
        try (LoggedErrors logged = new LoggedErrors()) {
            send(Transport.TCP, ENDS_IN_THE_MIDDLE, true);
            send(Transport.HTTP, Buffer.buffer("GET / HTTP/1.1\r\nHost: fuzz\r\n\r\n"), true);

            assertThat(logged.soFar()).isEmpty();
        }
    }

    private void send(Transport transport, Buffer bytes, boolean mustClose) throws IOException {
        FuzzCase fuzzCase = new FuzzCase("strange", transport, bytes, mustClose);
        assertThat(new RawConnection(bench.ports()).send(fuzzCase, new SplittableRandom(1)))
                .as("violation at the end of the connection")
                .isEmpty();
    }
}
