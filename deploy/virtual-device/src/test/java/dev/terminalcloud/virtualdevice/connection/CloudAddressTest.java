package dev.terminalcloud.virtualdevice.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.virtualdevice.connection.CloudAddress.Transport;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudAddressTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt://cloud,              MQTT,  1883, ''",
        "mqtts://cloud,             MQTTS, 8883, ''",
        "mqtts://cloud:80,          MQTTS, 80,   ''",
        "ws://cloud:8080/device,    WS,    8080, device",
        "wss://cloud/device,        WSS,   443,  device"
    })
    void readsEachKindOfAddress(URI uri, Transport transport, int port, String path) {
        assertThat(CloudAddress.of(uri)).isEqualTo(new CloudAddress(transport, "cloud", port, path));
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://my_cloud:1884, my_cloud, 1884",
        "ws://my_cloud/device, my_cloud, 80",
        "mqtt://[::1], [::1], 1883"
    })
    void hostIsANameOrAnAddress(URI uri, String host, int port) {
        assertThat(CloudAddress.of(uri))
                .extracting(CloudAddress::host, CloudAddress::port)
                .containsExactly(host, port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://cloud", "cloud:1883", "mqtt:///path", "//cloud"})
    void invalidAddressIsNamed(String uri) {
        assertThatThrownBy(() -> CloudAddress.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "123456789012345", "70000x0001", ""})
    void invalidIdIsNamed(String id) {
        assertThatThrownBy(() -> new Credentials(id, "demo", URI.create("mqtt://cloud")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(id);
    }

    @Test
    void doesNotPrintTheSecret() {
        assertThat(new Credentials("7000000001", "s3cret", URI.create("mqtt://cloud")))
                .asString()
                .doesNotContain("s3cret");
    }
}
