package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.PahoDevice;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TestDevice;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.connector.fake.TlsPeer;
import dev.terminalcloud.connector.mqtt.ListeningPorts;
import dev.terminalcloud.connector.mqtt.Transport;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.embedded.tls.TestAuthority;
import dev.terminalcloud.embedded.tls.TestCertificate;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on both transports, and authentication by the certificate of a device. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
class TlsTest {
    private static final int FAILURES_PER_DEVICE = 10;

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private TlsFolder folder;
    private FakeCloud cloud;

    private interface ConnectAction {
        TestDevice device(String deviceId, ListeningPorts ports, TlsPeer tls);
    }

    enum Client {
        HIVEMQ_5_TCP((id, ports, tls) -> Mqtt5Device.overTls(id, ports.mqttTls(), tls)),
        HIVEMQ_5_WEB_SOCKET((id, ports, tls) -> Mqtt5Device.overSecureWebSocket(id, ports.webSocketTls(), tls)),
        PAHO_311_TCP((id, ports, tls) -> PahoDevice.overTls(id, ports.mqttTls(), tls)),
        PAHO_311_WEB_SOCKET((id, ports, tls) -> PahoDevice.overSecureWebSocket(id, ports.webSocketTls(), tls));

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final ConnectAction connecting;

        Client(ConnectAction connecting) {
            this.connecting = connecting;
        }
    }

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void plainPortsAreClosed() {
        assertThat(bench.ports().open()).containsOnlyKeys(Transport.MQTT_TLS, Transport.WEB_SOCKET_TLS);
    }

    @ParameterizedTest
    @EnumSource
    void deviceWithoutCertificateProvesItselfWithItsSecret(Client client) {
        TestDevice device = client.connecting.device(bench.newDevice(cloud), bench.ports(), folder.device());

        device.start(SECRET);
        device.disconnect();

        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo("DEVICE_DISCONNECTED");
    }

    @ParameterizedTest
    @EnumSource
    void deviceWithItsCertificateNeedsNoSecret(Client client) {
        String deviceId = bench.newDevice(cloud);
        TestCertificate certificate = folder.devices().certify("O=Vendor,CN=" + deviceId);
        TestDevice device = client.connecting.device(
                deviceId, bench.ports(), folder.device().showing(certificate));

        device.connectWithoutSecret();
        device.subscribe();
        device.sayAcknowledged(TestDevice.HELLO);

        assertThat(cloud.await(DeviceConnected.class, deviceId).deviceId()).isEqualTo(deviceId);
        device.disconnect();
    }

    @Test
    void certificateOfAnotherDeviceIsNotAuthorizedEvenWithTheRightSecret() {
        String deviceId = bench.newDevice(cloud);
        TestCertificate another = folder.devices().certify("CN=" + bench.newDevice(cloud));

        assertThat(refusal(deviceId, another)).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void certificateThatNamesTwoDevicesIsNotAuthorized() {
        String deviceId = bench.newDevice(cloud);
        TestCertificate both = folder.devices().certify("CN=" + deviceId + ",CN=" + bench.newDevice(cloud));

        assertThat(refusal(deviceId, both)).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void largeConnectIsRefusedByItsLengthAlone() throws IOException {
        double before = aborted("too_many_bytes");
        try (Socket socket = folder.device()
                .context()
                .getSocketFactory()
                .createSocket("localhost", bench.ports().mqttTls())) {
            socket.getOutputStream().write(HexFormat.of().parseHex("10e0d403"));

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(aborted("too_many_bytes")).isEqualTo(before + 1);
    }

    @Test
    void tlsHandshakeHasALimit() throws IOException {
        double before = aborted("too_many_bytes");
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), bench.ports().mqttTls())) {
            // Records with 4,000 bytes each of a handshake message that never ends.
            byte[] message = HexFormat.of().parseHex("01007fff");
            for (int i = 0; i < 5; i++) {
                byte[] fragment = new byte[4_000];
                System.arraycopy(message, 0, fragment, 0, i == 0 ? message.length : 0);
                socket.getOutputStream().write(HexFormat.of().parseHex("1603010fa0"));
                socket.getOutputStream().write(fragment);
            }
            await().until(() -> aborted("too_many_bytes") == before + 1);
        }
    }

    @Test
    void failuresOfOthersDoNotBlockADeviceWithACertificate() {
        String deviceId = bench.newDevice(cloud);
        for (int i = 0; i < FAILURES_PER_DEVICE; i++) {
            Mqtt5Device unregistered =
                    Mqtt5Device.overTls(deviceId, bench.ports().mqttTls(), folder.device());
            assertThat(catchThrowable(() -> unregistered.connect("wrong"))).isNotNull();
        }
        Mqtt5Device withSecret = Mqtt5Device.overTls(deviceId, bench.ports().mqttTls(), folder.device());
        Mqtt5Device withCertificate = device(deviceId, folder.devices().certify("CN=" + deviceId));

        assertThat(catchThrowable(() -> withSecret.connect(SECRET))).isNotNull();
        withCertificate.connectWithoutSecret();
        withCertificate.disconnect();
    }

    @Test
    void certificateOfADeviceThatIsNotRegisteredIsNotAuthorized() {
        String deviceId = FakeCloud.newDeviceId();

        assertThat(refusal(deviceId, folder.devices().certify("CN=" + deviceId)))
                .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void revocationEndsTheSessionOfACertificateAndRefusesIt() {
        String deviceId = bench.newDevice(cloud);
        TestCertificate certificate = folder.devices().certify("CN=" + deviceId);
        Mqtt5Device device = device(deviceId, certificate);
        device.connectWithoutSecret();

        cloud.revoke(deviceId, 2);

        await().until(() -> !device.isConnected());
        assertThat(refusal(deviceId, certificate)).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void expiredCertificateIsRefusedByTls() {
        String deviceId = bench.newDevice(cloud);
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));

        assertRefusedByTls(deviceId, folder.devices().certify("CN=" + deviceId, yesterday));
    }

    @Test
    void certificateOfAnotherAuthorityIsRefusedByTls() {
        String deviceId = bench.newDevice(cloud);

        assertRefusedByTls(deviceId, new TestAuthority("Test devices").certify("CN=" + deviceId));
    }

    @Test
    void deviceWithoutTlsIsRefusedAndCounted() {
        double before = refusedHandshakes();
        Mqtt5Device plain =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqttTls());

        assertThat(catchThrowable(() -> plain.connect(SECRET))).isNotNull();
        await().until(() -> refusedHandshakes() > before);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    })
    void strongCipherSuiteIsAccepted(String protocol, String suite) throws IOException {
        try (SSLSocket socket = offering(protocol, suite)) {
            socket.startHandshake();

            assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
            })
    void cipherSuiteWithoutForwardSecrecyOrAuthenticatedEncryptionIsRefused(String suite) throws IOException {
        try (SSLSocket socket = offering("TLSv1.2", suite)) {
            assertThat(catchThrowable(socket::startHandshake)).isInstanceOf(SSLException.class);
        }
    }

    private SSLSocket offering(String protocol, String suite) throws IOException {
        SSLSocket socket = (SSLSocket) folder.device()
                .context()
                .getSocketFactory()
                .createSocket("127.0.0.1", bench.ports().mqttTls());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setEnabledCipherSuites(new String[] {suite});
        return socket;
    }

    private void assertRefusedByTls(String deviceId, TestCertificate certificate) {
        double before = refusedHandshakes();
        Mqtt5Device device = device(deviceId, certificate);

        assertThat(catchThrowable(() -> device.connect(SECRET))).isNotNull();
        assertThat(device.isConnected()).isFalse();
        await().until(() -> refusedHandshakes() > before);
    }

    private double refusedHandshakes() {
        return meters.counter("connector.connections.aborted", "reason", "handshake_failed")
                .count();
    }

    private Mqtt5ConnAckReasonCode refusal(String deviceId, TestCertificate certificate) {
        Mqtt5Device device = device(deviceId, certificate);
        Throwable refusal = catchThrowable(() ->
                device.client().toBlocking().connect(device.connectWith(SECRET).build()));
        assertThat(refusal).isInstanceOf(Mqtt5ConnAckException.class);
        return ((Mqtt5ConnAckException) refusal).getMqttMessage().getReasonCode();
    }

    private Mqtt5Device device(String deviceId, TestCertificate certificate) {
        return Mqtt5Device.overTls(
                deviceId, bench.ports().mqttTls(), folder.device().showing(certificate));
    }

    private double aborted(String reason) {
        return meters.counter("connector.connections.aborted", "reason", reason).count();
    }
}
