package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.RawPackets;
import dev.terminalcloud.connector.fake.RecordedExit;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.connector.fake.TlsPeer;
import dev.terminalcloud.embedded.test.PrometheusRules;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.embedded.tls.TestAuthority;
import dev.terminalcloud.embedded.tls.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of the TLS files while the connector runs. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
class TlsReloadTest {
    private static final String ACCEPTED = "20020000";

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    @Inject
    RecordedExit exit;

    @TempDir
    Path secrets;

    private TlsFolder folder;
    private FakeCloud cloud;

    enum BrokenFiles {
        CHAIN_IS_NO_PEM {
            @Override
            void serve(TlsFolder folder, TestCertificate next) {
                folder.serve("-----BEGIN CERTIFICATE-----\nnonsense", next.keyPem(), List.of(folder.devices()));
            }
        },
        CHAIN_IS_EMPTY {
            @Override
            void serve(TlsFolder folder, TestCertificate next) {
                folder.serve("", next.keyPem(), List.of(folder.devices()));
            }
        },
        KEY_IS_ANOTHER_ONES {
            @Override
            void serve(TlsFolder folder, TestCertificate next) {
                TestCertificate other = folder.servers().certify("CN=other");
                folder.serve(next.chainPem(), other.keyPem(), List.of(folder.devices()));
            }
        },
        CERTIFICATE_HAS_EXPIRED {
            @Override
            void serve(TlsFolder folder, TestCertificate next) {
                TestCertificate expired =
                        folder.servers().certify("CN=connector", Instant.now().minusSeconds(60));
                folder.serve(expired.chainPem(), expired.keyPem(), List.of(folder.devices()));
            }
        },
        NO_AUTHORITIES {
            @Override
            void serve(TlsFolder folder, TestCertificate next) {
                folder.serve(next.chainPem(), next.keyPem(), List.of());
            }
        };

        abstract void serve(TlsFolder folder, TestCertificate next);
    }

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        folder.serveUsual();
        cloud.close();
    }

    @Test
    void newConnectionsGetTheNewCertificateAndLivingOnesStay() {
        Mqtt5Device living = startedDevice();

        TestCertificate next = folder.serveUsual();

        await().until(() -> servedSerialNumber().equals(next.serialNumber()));
        living.sayAcknowledged("{\"type\":\"pairing-code-request\"}");
        startedDevice().disconnect();
        living.disconnect();
    }

    @Test
    void keyMayBeOfAnotherKind() throws IOException {
        TestCertificate rsa = folder.servers().certifyRsa("CN=connector");

        folder.serve(rsa.chainPem(), rsa.keyPem(), List.of(folder.devices()));

        await().until(() -> servedSerialNumber().equals(rsa.serialNumber()));
        startedDevice().disconnect();
    }

    @ParameterizedTest
    @EnumSource
    void filesThatCannotBeUsedAreCountedAndTheCertificateStays(BrokenFiles broken) throws IOException {
        TestCertificate present = folder.serveUsual();
        await().until(() -> servedSerialNumber().equals(present.serialNumber()));
        double failuresBefore = reloadFailures();

        broken.serve(folder, folder.servers().certify("CN=connector"));

        await().until(() -> reloadFailures() > failuresBefore);
        assertThat(servedSerialNumber()).isEqualTo(present.serialNumber());
        startedDevice().disconnect();

        TestCertificate corrected = folder.serveUsual();
        await().until(() -> servedSerialNumber().equals(corrected.serialNumber()));
    }

    @Test
    void startWithTheKeyOfAnotherCertificateEndsWithALineThatNamesIt() throws IOException {
        Path key = Files.writeString(
                secrets.resolve("tls.key"), folder.servers().certify("CN=other").keyPem());

        assertStartEnds(
                key, "connector.tls.key is not the key of the first certificate in connector.tls.certificate-chain");
    }

    @Test
    void startWithoutTheFileOfTheKeyEndsWithALineThatNamesIt() {
        Path missing = secrets.resolve("missing.key");

        assertStartEnds(missing, "Failed to read connector.tls.key: " + missing);
    }

    private void assertStartEnds(Path key, String reason) {
        String line = "Startup failed at stage READING_CERTIFICATES: " + reason;
        try (FurtherConnector connector = FurtherConnector.begin(1, Map.of("key", Optional.of(key)))) {
            await().until(() -> exit.reasons().contains(line));

            assertThat(connector.readiness().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(connector.readiness().getData())
                    .hasValueSatisfying(data -> assertThat(data).containsEntry("stage", "READING_CERTIFICATES"));
        }
    }

    @Test
    void authorityIsTrustedFromWhenItIsAddedUntilItIsRemoved() {
        String deviceId = bench.newDevice(cloud);
        TestAuthority added = new TestAuthority("Added");
        TlsPeer device = folder.device().showing(added.certify("CN=" + deviceId));
        TestCertificate server = folder.serveUsual();
        assertThat(answerToConnect(device.context(), deviceId)).isNotEqualTo(ACCEPTED);

        folder.serve(server.chainPem(), server.keyPem(), List.of(folder.devices(), added));
        await().until(() -> answerToConnect(device.context(), deviceId).equals(ACCEPTED));

        SSLContext resuming = device.context();
        assertThat(answerToConnect(resuming, deviceId)).isEqualTo(ACCEPTED);
        folder.serve(server.chainPem(), server.keyPem(), List.of(folder.devices()));
        await().until(() -> !answerToConnect(resuming, deviceId).equals(ACCEPTED));
    }

    @Test
    void timeUntilTheCertificateExpiresIsAMetric() throws IOException {
        servedSerialNumber();

        assertThat(meters.get("connector.tls.certificate.remaining.seconds")
                        .gauge()
                        .value())
                .isBetween((double) Duration.ofDays(29).toSeconds(), (double)
                        Duration.ofDays(30).toSeconds());
    }

    /** The gauge exists only with TLS. */
    @Test
    void eachMetricOfARuleExists() throws IOException {
        servedSerialNumber();

        assertThat(PrometheusRules.metricsOf("installation")).isNotEmpty().allSatisfy(metric -> assertThat(
                        meters.find(metric.replace("_total", "").replace('_', '.'))
                                .meter())
                .as(metric)
                .isNotNull());
    }

    private Mqtt5Device startedDevice() {
        Mqtt5Device device =
                Mqtt5Device.overTls(bench.newDevice(cloud), bench.ports().mqttTls(), folder.device());
        device.start(SECRET);
        return device;
    }

    private double reloadFailures() {
        return meters.counter("connector.tls.reload.failures").count();
    }

    /** Returns the serial number of the certificate that a new connection gets. */
    private BigInteger servedSerialNumber() throws IOException {
        try (SSLSocket socket = connect(folder.device().context())) {
            socket.startHandshake();
            X509Certificate served = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return served.getSerialNumber();
        }
    }

    /** Returns the connector's answer to a CONNECT without a secret; no answer if it refuses the certificate itself. */
    private String answerToConnect(SSLContext context, String deviceId) {
        try (SSLSocket socket = connect(context)) {
            socket.getOutputStream().write(HexFormat.of().parseHex(RawPackets.connectWithoutSecret(deviceId)));
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(4));
        } catch (IOException e) {
            return "";
        }
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), bench.ports().mqttTls());
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        return socket;
    }
}
