package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.connector.mqtt.Transport;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each device must present a certificate on ports with TLS; the gateway's port stays without TLS. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
@TestProfile(TlsCertificatesRequiredTest.ClientAuthProfile.class)
class TlsCertificatesRequiredTest {
    public static final class ClientAuthProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connector.tls.client-auth", "required",
                    "connector.tls.plain-ports", "web-socket");
        }
    }

    @Inject
    TestBench bench;

    private TlsFolder folder;

    @Test
    void secretAloneIsNotEnough() {
        try (FakeCloud cloud = bench.openCloud()) {
            String deviceId = bench.newDevice(cloud);
            Mqtt5Device without = Mqtt5Device.overTls(deviceId, bench.ports().mqttTls(), folder.device());
            Mqtt5Device with = Mqtt5Device.overTls(
                    deviceId,
                    bench.ports().mqttTls(),
                    folder.device().showing(folder.devices().certify("CN=" + deviceId)));

            assertThat(catchThrowable(() -> without.connect(SECRET)))
                    .isNotNull()
                    .isNotInstanceOf(Mqtt5ConnAckException.class);
            with.connectWithoutSecret();
            with.disconnect();
        }
    }

    @Test
    void plainPortThatIsKeptTakesSecrets() {
        try (FakeCloud cloud = bench.openCloud()) {
            Mqtt5Device device = Mqtt5Device.overWebSocket(
                    bench.newDevice(cloud), bench.ports().webSocket());

            device.start(SECRET);
            device.disconnect();

            assertThat(bench.ports().isOpen(Transport.MQTT)).isFalse();
        }
    }
}
