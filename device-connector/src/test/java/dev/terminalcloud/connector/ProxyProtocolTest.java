package dev.terminalcloud.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.OpenSockets;
import dev.terminalcloud.connector.fake.ProxyHeader;
import dev.terminalcloud.connector.fake.RawPackets;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports with TLS behind a load balancer that speaks the PROXY protocol; those without TLS have none, and a gateway at 127.0.0.1. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
@TestProfile(FailedConnectsTest.LowLimitsProfile.class)
class ProxyProtocolTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    static final String BALANCER = "127.8.9.2";
    private static final String GATEWAY = "127.0.0.1";
    private static final String CONNECTOR = "127.0.0.1";

    private static final String UPGRADE =
            """
            GET /mqtt HTTP/1.1
            Host: connector
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: mqtt

            """;

    /** Answers of MQTT 3.1.1 to CONNECT. */
    private static final String ACCEPTED = "20020000";

    private static final String SERVER_UNAVAILABLE = "20020003";
    private static final String NOT_AUTHORIZED = "20020005";

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private final OpenSockets sockets = new OpenSockets();
    private TlsFolder folder;
    private FakeCloud cloud;

    /** Beginnings of a connection that are refused. */
    enum InvalidHeader {
        VERSION_1(ProxyHeader.text()),
        CONNECT(HexFormat.of().parseHex(RawPackets.connect("7000000001"))),
        FIRST_BYTE(new byte[] {0x10}),
        LAST_BYTE_OF_SIGNATURE(Arrays.copyOf(ProxyHeader.unspecified(), 11), "0d"),
        UNSPECIFIED(ProxyHeader.unspecified()),
        DATAGRAMS(ProxyHeader.ofDatagrams()),
        UNIX_SOCKET(ProxyHeader.ofUnixSocket()),
        TOO_LARGE(ProxyHeader.ofSize(ProxyHeader.MAX_SIZE + 1, "203.0.113.4")),
        LENGTH_WITHOUT_ADDRESSES(Arrays.copyOf(ProxyHeader.unspecified(), 13), "11" + "0000"),
        VERSION_3(Arrays.copyOf(ProxyHeader.unspecified(), 12), "31" + "11" + "0000"),
        COMMAND_2(Arrays.copyOf(ProxyHeader.unspecified(), 12), "22" + "11" + "0000"),
        TLS(HexFormat.of().parseHex("16030100c8010000c40303" + "00".repeat(200)));

        @SuppressWarnings("ImmutableEnumChecker") // never modified
        private final byte[] bytes;

        InvalidHeader(byte[] bytes) {
            this.bytes = bytes;
        }

        InvalidHeader(byte[] beginning, String rest) {
            this.bytes = HexFormat.of().parseHex(HexFormat.of().formatHex(beginning) + rest);
        }
    }

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
        sockets.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.11", "2001:db8:11::1"})
    void failedConnectsAreThoseOfTheClientThatTheHeaderNames(String guesser) throws IOException {
        String deviceId = bench.newDevice(cloud);
        for (int i = 0; i < FailedConnectsTest.PER_ADDRESS; i++) {
            assertThat(answer(ProxyHeader.of(guesser), FakeCloud.newDeviceId())).isEqualTo(NOT_AUTHORIZED);
        }

        assertThat(answer(ProxyHeader.of(guesser), deviceId)).isEqualTo(SERVER_UNAVAILABLE);
        assertThat(answer(ProxyHeader.of("203.0.113.12"), deviceId)).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.21", "2001:db8:21::1"})
    void newConnectionsAreThoseOfTheClientThatTheHeaderNames(String flooder) throws IOException {
        double before = aborted("too_many_new_of_address");

        for (int i = 0; i < 3 * FailedConnectsTest.BURST; i++) {
            open(ProxyHeader.of(flooder));
        }

        Awaitility.await().atMost(TIMEOUT).until(() -> aborted("too_many_new_of_address") > before);
        assertThat(isAnswered(ProxyHeader.of("203.0.113.22"))).isTrue();
    }

    @Test
    void unacceptedConnectionsAreThoseOfTheClientThatTheHeaderNames() throws IOException {
        double before = aborted("too_many_unaccepted_of_address");
        Socket other = open(ProxyHeader.of("203.0.113.31"));
        Socket oldest = secured(open(ProxyHeader.of("203.0.113.32")));
        for (int i = 0; i < FailedConnectsTest.UNACCEPTED_PER_ADDRESS; i++) {
            open(ProxyHeader.of("203.0.113.32"));
        }

        assertThat(isClosed(oldest)).isTrue();
        assertThat(aborted("too_many_unaccepted_of_address")).isEqualTo(before + 1);
        assertThat(answer(secured(other), bench.newDevice(cloud))).isEqualTo(ACCEPTED);
    }

    @Test
    void connectionOfTheBalancerItselfCountsForNoClient() throws IOException {
        for (int i = 0; i <= FailedConnectsTest.BURST; i++) {
            assertThat(isAnswered(ProxyHeader.local())).isTrue();
        }

        assertThat(isAnswered(ProxyHeader.localWithoutAddresses())).isTrue();
        assertThat(isAnswered(ProxyHeader.of("203.0.113.1"))).isTrue();
    }

    @Test
    void headerMayComeInSingleBytesAndWithTheFirstBytesOfTls() throws IOException {
        Socket slow = open(new byte[0]);
        for (byte part : ProxyHeader.of("2001:db8:41::1")) {
            slow.getOutputStream().write(part);
            slow.getOutputStream().flush();
        }

        assertThat(answer(secured(slow), bench.newDevice(cloud))).isEqualTo(ACCEPTED);
    }

    @Test
    void headerOfTheMaximumSizeIsRead() throws IOException {
        assertThat(answer(ProxyHeader.ofSize(ProxyHeader.MAX_SIZE, "203.0.113.51"), bench.newDevice(cloud)))
                .isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void anythingElseAtTheBeginningEndsTheConnection(InvalidHeader invalid) throws IOException {
        double before = aborted("proxy_header_invalid");

        assertThat(isClosed(open(invalid.bytes))).isTrue();
        Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(aborted("proxy_header_invalid"))
                .isEqualTo(before + 1));
    }

    /** A gateway names clients with X-Forwarded-For only. */
    @ParameterizedTest
    @ValueSource(strings = {"127.8.9.1", GATEWAY})
    void headerFromAnAddressThatIsNotTrustedIsRefused(String address) throws IOException {
        double before = aborted("untrusted_proxy");

        try (Socket untrusted = open(address, bench.ports().mqttTls(), new byte[0])) {
            assertThat(isClosed(untrusted)).isTrue();
        }
        assertThat(aborted("untrusted_proxy")).isEqualTo(before + 1);
    }

    @Test
    void connectionWithoutAWholeHeaderIsClosedInTime() throws IOException {
        double before = aborted("connect_timeout");
        Socket nothing = open(new byte[0]);
        Socket part = open(Arrays.copyOf(ProxyHeader.of("203.0.113.61"), 20));

        assertThat(isClosed(nothing)).isTrue();
        assertThat(isClosed(part)).isTrue();
        assertThat(aborted("connect_timeout")).isGreaterThanOrEqualTo(before + 2);
    }

    @Test
    void webSocketBeginsAfterTheHeaderToo() throws IOException {
        Socket socket = secured(open(BALANCER, bench.ports().webSocketTls(), ProxyHeader.of("203.0.113.71")));

        socket.getOutputStream().write(UPGRADE.replace("\n", "\r\n").getBytes(US_ASCII));

        assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 101");
    }

    private String answer(byte[] header, String deviceId) throws IOException {
        return answer(secured(open(header)), deviceId);
    }

    private static String answer(Socket socket, String deviceId) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(RawPackets.connect(deviceId)));
        return HexFormat.of().formatHex(socket.getInputStream().readNBytes(4));
    }

    /** Returns whether TLS begins; a connection that is reset does not come so far. */
    private boolean isAnswered(byte[] header) {
        try {
            secured(open(header)).close();
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    private Socket open(byte[] beginning) throws IOException {
        return open(BALANCER, bench.ports().mqttTls(), beginning);
    }

    private Socket open(String address, int port, byte[] beginning) throws IOException {
        Socket socket =
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0));
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.getOutputStream().write(beginning);
        return socket;
    }

    private Socket secured(Socket socket) throws IOException {
        Socket secured = folder.device().context().getSocketFactory().createSocket(socket, CONNECTOR, 0, true);
        ((SSLSocket) secured).startHandshake();
        return secured;
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException | SSLException reset) {
            return true;
        }
    }

    private double aborted(String reason) {
        return meters.counter("connector.connections.aborted", "reason", reason).count();
    }
}
