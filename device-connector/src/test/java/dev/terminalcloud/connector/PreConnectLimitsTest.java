package dev.terminalcloud.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.OpenSockets;
import dev.terminalcloud.connector.fake.RawPackets;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of clients that are not authenticated: bytes before CONNECT, connections; and an event loop that is blocked. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(PreConnectLimitsTest.LowLimitsProfile.class)
class PreConnectLimitsTest {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MAX_CONNECT_SIZE = 2048;
    private static final int PER_ADDRESS = 3;

    public static final class LowLimitsProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // So that connections are accepted in the order in which they are opened.
                    "connector.event-loops",
                    "1",
                    "connector.limits.max-unaccepted-connections",
                    "5",
                    "connector.limits.max-unaccepted-connections-per-address",
                    Integer.toString(PER_ADDRESS),
                    "connector.limits.connect-timeout",
                    "1h",
                    "connector.event-loop-timeout",
                    "1s",
                    "connector.rebalancing.delay",
                    "0s",
                    "connector.rebalancing.tolerance-percent",
                    "0",
                    "connector.rebalancing.min-tolerance",
                    "1");
        }
    }

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    @Inject
    Vertx vertx;

    @Inject
    @Liveness
    EventLoopLiveness liveness;

    private final OpenSockets sockets = new OpenSockets();
    private FakeCloud cloud;

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
        sockets.close();
    }

    @Test
    void largeConnectIsRefusedByItsLengthAlone() throws IOException {
        double before = aborted("too_many_bytes");
        Socket socket = open(bench.ports().mqtt());

        socket.getOutputStream().write(HexFormat.of().parseHex("10e0d403"));

        assertThat(isClosed(socket)).isTrue();
        assertThat(aborted("too_many_bytes")).isEqualTo(before + 1);
    }

    @Test
    void connectOfTheMaximumSizeIsRead() throws IOException {
        Socket socket = open(bench.ports().mqtt());
        int fill = MAX_CONNECT_SIZE - 3 - 12;

        socket.getOutputStream()
                .write(HexFormat.of()
                        .parseHex("10fd0f" + "00044d51545404" + "02000a" + "%04x".formatted(fill) + "78".repeat(fill)));

        assertThat(HexFormat.of().formatHex(socket.getInputStream().readAllBytes()))
                .isEqualTo("20020002");
    }

    @Test
    void bytesAfterConnectInTheSameReadAreNotCounted() throws IOException {
        String deviceId = bench.newDevice(cloud);
        Socket socket = open(bench.ports().mqtt());
        String greeted = RawPackets.connect(deviceId) + RawPackets.subscribe(deviceId) + RawPackets.hello(deviceId);

        socket.getOutputStream()
                .write(HexFormat.of()
                        .parseHex(greeted
                                + RawPackets.publish(
                                        deviceId, 2, "{\"type\":\"unknown\",\"x\":\"" + "x".repeat(10_000) + "\"}")));

        assertThat(cloud.await(DeviceConnected.class, deviceId).model()).isEqualTo("M1");
    }

    @Test
    void webSocketFramesBeforeConnectAreLimited() throws IOException {
        double before = aborted("too_many_bytes");
        Socket socket = openWebSocket("");

        // A binary frame of 60,000 bytes: what it has so far would wait for the rest.
        write(socket, HexFormat.of().parseHex("82fe" + "ea60" + "00000000"), MAX_CONNECT_SIZE);

        assertThat(isClosed(socket)).isTrue();
        assertThat(aborted("too_many_bytes")).isEqualTo(before + 1);
    }

    @Test
    void httpRequestBeforeAWebSocketIsLimited() throws IOException {
        double before = aborted("too_many_bytes");
        Socket socket = open(bench.ports().webSocket());

        write(socket, "POST /mqtt HTTP/1.1\r\nContent-Length: 60000\r\n\r\n".getBytes(US_ASCII), 16 * 1024);

        assertThat(isClosed(socket)).isTrue();
        assertThat(aborted("too_many_bytes")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "deflate-frame",
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame"
            })
    void webSocketHasNoExtension(String offered) throws IOException {
        Socket socket = openWebSocket("Sec-WebSocket-Extensions: " + offered + "\r\n");

        // RSV1: the payload of the frame is compressed.
        socket.getOutputStream().write(HexFormat.of().parseHex("c281" + "00000000" + "00"));

        assertThat(isClosed(socket)).isTrue();
    }

    @Test
    void oldestConnectionsOfAnAddressAreClosedFirstAndADeviceConnectsMeanwhile() throws IOException {
        double before = aborted("too_many_unaccepted_of_address");
        for (int i = 0; i < 3 * PER_ADDRESS; i++) {
            open(bench.ports().mqtt());
        }
        Mqtt5Device device = bench.newStartedDevice(cloud);

        for (Socket old : sockets.oldest(2 * PER_ADDRESS)) {
            assertThat(isClosed(old)).isTrue();
        }
        assertThat(device.isConnected()).isTrue();
        assertThat(aborted("too_many_unaccepted_of_address")).isGreaterThanOrEqualTo(before + 2 * PER_ADDRESS);
        device.disconnect();
    }

    @Test
    void connectionsOfManyAddressesAreLimitedTogether() throws IOException {
        double before = aborted("too_many_unaccepted");
        for (int i = 1; i <= 20; i++) {
            sockets.add(new Socket(
                    InetAddress.getLoopbackAddress(),
                    bench.ports().mqtt(),
                    InetAddress.getByAddress(new byte[] {127, 9, 9, (byte) i}),
                    0));
        }

        await().until(() -> aborted("too_many_unaccepted") >= before + 15);
        await().until(() -> meters.get("connector.connections.pending").gauge().value() <= 5);
    }

    @Test
    void blockedEventLoopIsNotLive() {
        await().until(() -> liveness.call().getStatus() == Status.UP);
        CountDownLatch release = new CountDownLatch(1);
        try {
            ((VertxInternal) vertx).getEventLoopGroup().forEach(loop -> loop.execute(() -> await(release)));

            await().until(() -> liveness.call().getStatus() == Status.DOWN);
        } finally {
            release.countDown();
        }
        await().until(() -> liveness.call().getStatus() == Status.UP);
        bench.newStartedDevice(cloud).disconnect();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket open(int port) throws IOException {
        Socket socket = sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Opens a WebSocket; the answer must not agree on an extension. */
    private Socket openWebSocket(String header) throws IOException {
        Socket socket = open(bench.ports().webSocket());
        String request = "GET /mqtt HTTP/1.1\r\nHost: connector\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\n" + header + "\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (!answer.toString(US_ASCII).endsWith("\r\n\r\n")) {
            answer.write(socket.getInputStream().read());
        }
        assertThat(answer.toString(US_ASCII))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
        return socket;
    }

    /** Writes the beginning and more bytes; the connector may close the connection meanwhile. */
    private static void write(Socket socket, byte[] beginning, int more) throws IOException {
        try {
            socket.getOutputStream().write(beginning);
            socket.getOutputStream().write(new byte[more]);
        } catch (SocketException closed) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    /** Waits until the connector closes the connection. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            byte[] unused = socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    private double aborted(String reason) {
        return meters.counter("connector.connections.aborted", "reason", reason).count();
    }
}
