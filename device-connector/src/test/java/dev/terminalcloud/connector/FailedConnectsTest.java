package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.PahoDevice;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of failed CONNECTs, set low, behind a gateway that names the client of each WebSocket, on the ports without TLS. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
@TestProfile(FailedConnectsTest.LowLimitsProfile.class)
class FailedConnectsTest {
    static final int BURST = 20;
    static final int PER_ADDRESS = 5;
    static final int UNACCEPTED_PER_ADDRESS = 15;
    private static final int PER_DEVICE = 3;

    public static final class LowLimitsProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("connector.trusted-proxies", "127.0.0.1"),
                    Map.entry("connector.tls.plain-ports", "mqtt,web-socket"),
                    Map.entry("connector.proxy-protocol.ports", "mqtt-tls,web-socket-tls"),
                    Map.entry("connector.proxy-protocol.trusted-proxies", ProxyProtocolTest.BALANCER),
                    Map.entry("connector.connection-rate.max-per-second", "1"),
                    Map.entry("connector.connection-rate.max-burst", Integer.toString(BURST)),
                    Map.entry(
                            "connector.limits.max-unaccepted-connections-per-address",
                            Integer.toString(UNACCEPTED_PER_ADDRESS)),
                    Map.entry("connector.failed-connects.max-per-device", Integer.toString(PER_DEVICE)),
                    Map.entry("connector.failed-connects.device-refill-interval", "1h"),
                    Map.entry("connector.failed-connects.max-per-address", Integer.toString(PER_ADDRESS)),
                    Map.entry("connector.failed-connects.address-refill-interval", "1h"));
        }
    }

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
    void correctSecretIsNotCheckedAfterTooManyFailures() {
        String deviceId = bench.newDevice(cloud);
        for (int i = 0; i < PER_DEVICE; i++) {
            assertThat(answerToMqtt5(deviceId, "wrong")).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        }
        double before = refusedUnchecked();

        assertThat(answerToMqtt5(deviceId, SECRET)).isEqualTo(Mqtt5ConnAckReasonCode.CONNECTION_RATE_EXCEEDED);
        assertThat(answerToMqtt3(deviceId, SECRET)).isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE);
        assertThat(refusedUnchecked()).isEqualTo(before + 2);
    }

    @Test
    void failuresFromOtherAddressesDoNotBlockADevice() {
        String deviceId = bench.newDevice(cloud);
        for (int i = 0; i <= PER_DEVICE; i++) {
            assertThat(answer(deviceId, "198.51.100.1", "wrong")).isNotZero();
        }

        assertThat(answer(deviceId, "198.51.100.1", SECRET)).isEqualTo(MqttException.REASON_CODE_BROKER_UNAVAILABLE);
        assertThat(answer(deviceId, "198.51.100.2", SECRET)).isZero();
    }

    @Test
    void failuresOfManyDevicesBlockTheirAddressOnly() {
        String deviceId = bench.newDevice(cloud);

        guessManyFrom("198.51.100.11");

        assertThat(answer(deviceId, "198.51.100.11", SECRET)).isEqualTo(MqttException.REASON_CODE_BROKER_UNAVAILABLE);
        assertThat(answer(deviceId, "198.51.100.12", SECRET)).isZero();
    }

    @Test
    void knownDeviceIsNotBlockedByOthersAtItsAddress() {
        String deviceId = bench.newDevice(cloud);
        assertThat(answer(deviceId, "198.51.100.21", SECRET)).isZero();

        guessManyFrom("198.51.100.21");

        assertThat(answer(deviceId, "198.51.100.21", SECRET)).isZero();
    }

    @Test
    void addressesOfOneIpv6CustomerAreOne() {
        String deviceId = bench.newDevice(cloud);
        for (int i = 0; i < PER_ADDRESS; i++) {
            assertThat(answer(FakeCloud.newDeviceId(), "2001:db8:0:1:" + i + "::1", SECRET))
                    .isNotZero();
        }

        assertThat(answer(deviceId, "2001:db8:0:1:ffff::9", SECRET))
                .isEqualTo(MqttException.REASON_CODE_BROKER_UNAVAILABLE);
        assertThat(answer(deviceId, "2001:db8:0:2::1", SECRET)).isZero();
    }

    @Test
    void gatewayAddressIsNeverBlocked() {
        for (int i = 0; i <= PER_ADDRESS; i++) {
            assertThat(answerToMqtt5(FakeCloud.newDeviceId(), SECRET)).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        }

        Mqtt5Device device =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        device.connect(SECRET);
        device.disconnect();
    }

    private void guessManyFrom(String address) {
        for (int i = 0; i < PER_ADDRESS; i++) {
            assertThat(answer(FakeCloud.newDeviceId(), address, SECRET))
                    .isEqualTo(MqttException.REASON_CODE_NOT_AUTHORIZED);
        }
    }

    /** Returns the return code of CONNACK to a device behind the gateway; 0 if it was accepted, and has disconnected. */
    private int answer(String deviceId, String address, String secret) {
        PahoDevice device =
                PahoDevice.overWebSocket(deviceId, bench.ports().webSocket()).from(address);
        Throwable refusal = catchThrowable(() -> device.connect(secret));
        if (refusal == null) {
            device.disconnect();
            return 0;
        }
        assertThat(refusal).isInstanceOf(CompletionException.class).hasCauseInstanceOf(MqttException.class);
        return ((MqttException) refusal.getCause()).getReasonCode();
    }

    private Mqtt5ConnAckReasonCode answerToMqtt5(String deviceId, String secret) {
        Mqtt5Device device = Mqtt5Device.overTcp(deviceId, bench.ports().mqtt());
        Throwable refusal = catchThrowable(() ->
                device.client().toBlocking().connect(device.connectWith(secret).build()));
        assertThat(refusal).isInstanceOf(Mqtt5ConnAckException.class);
        return ((Mqtt5ConnAckException) refusal).getMqttMessage().getReasonCode();
    }

    private Mqtt3ConnAckReturnCode answerToMqtt3(String deviceId, String secret) {
        Mqtt3Device device = Mqtt3Device.overTcp(deviceId, bench.ports().mqtt());
        Throwable refusal = catchThrowable(() ->
                device.client().toBlocking().connect(device.connectWith(secret).build()));
        assertThat(refusal).isInstanceOf(Mqtt3ConnAckException.class);
        return ((Mqtt3ConnAckException) refusal).getMqttMessage().getReturnCode();
    }

    private double refusedUnchecked() {
        return meters.counter("connector.connections.refused", "reason", "too_many_failures")
                .count();
    }
}
