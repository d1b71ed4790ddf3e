package dev.terminalcloud.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.connector.config.ConnectorConfiguration.PlainPort;
import dev.terminalcloud.connector.config.ProxyProtocol.DevicePort;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationValidatorTest {
    @Test
    void defaultsAreAllowed() {
        assertThatCode(() -> ConfigurationValidator.validate(configuration(Map.of())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "connector.index, -1",
        "connector.index, 64",
        "connector.event-loops, -1",
        "connector.shutdown-delay, -1s",
        "connector.shutdown-delay, 61m",
        "connector.drain-duration, -1s",
        "connector.drain-duration, 61m",
        "connector.mqtt.port, 65536",
        "connector.web-socket.port, -1",
        "connector.web-socket.allowed-origins, pay.example.org",
        "connector.web-socket.allowed-origins, https://pay.example.org/",
        "connector.tls.mqtt-port, -1",
        "connector.tls.web-socket-port, 65536",
        "connector.tls.reload-period, 500ms",
        "connector.connection-rate.max-per-second, 0",
        "connector.connection-rate.max-per-second, 100001",
        "connector.connection-rate.max-burst, 0",
        "connector.connection-rate.max-burst, 100001",
        "connector.failed-connects.max-per-device, 0",
        "connector.failed-connects.max-per-address, 1000001",
        "connector.failed-connects.device-refill-interval, 0s",
        "connector.failed-connects.address-refill-interval, 2h",
        "connector.failed-connects.known-device-ttl, -1s",
        "connector.takeovers.max-per-device, 0",
        "connector.takeovers.max-per-device, 1000001",
        "connector.takeovers.refill-interval, 0s",
        "connector.takeovers.refill-interval, 2h",
        "connector.limits.max-connections, 0",
        "connector.event-loop-timeout, 0s",
        "connector.limits.max-unaccepted-connections, 0",
        "connector.limits.max-unaccepted-connections-per-address, 0",
        "connector.limits.max-connect-size, 511",
        "connector.limits.max-handshake-size, 4095",
        "connector.budgets.max-messages-per-second, 0",
        "connector.budgets.max-message-burst, 0",
        "connector.budgets.max-bytes-per-second, 1023",
        "connector.budgets.max-byte-burst, 65540",
        "connector.budgets.max-unknown-transactions-per-hour, 0",
        "connector.budgets.pairing-code-interval, -1s",
        "connector.budgets.max-connections-per-minute, 0",
        "connector.budgets.max-connection-burst, 0",
        "connector.budgets.max-unknown-transaction-burst, 0",
        "connector.budgets.min-suspension, 0s",
        "connector.budgets.max-suspension, 2h",
        "connector.budgets.max-suspension, 1s",
        "connector.budgets.suspension-reset-after, 500ms",
        "connector.limits.max-inbound-packet-size, 10",
        "connector.limits.max-command-payload-size, 268435456",
        "connector.limits.max-packets-per-second, 0",
        "connector.limits.max-unreadable-messages-per-minute, 0",
        "connector.limits.max-unacknowledged-commands, 65536",
        "connector.limits.max-queued-commands, 0",
        "connector.limits.max-unacknowledged-events, 0",
        "connector.limits.connect-timeout, 0s",
        "connector.limits.write-timeout, 0s",
        "connector.limits.hello-timeout, 999ms",
        "connector.limits.event-publish-timeout, 2h",
        "connector.limits.command-ack-timeout, -5s",
    })
    void valueThatIsNotAllowedIsNamed(String key, String value) {
        assertThatThrownBy(() -> ConfigurationValidator.validate(configuration(Map.of(key, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must ");
    }

    /** A limit that is added has a range. */
    @Test
    void eachNumberAndEachTimeHasARange() {
        Map<String, String> negative = new TreeMap<>();
        addNegative(ConnectorConfiguration.class, "connector", negative);

        assertThat(negative).isNotEmpty().allSatisfy((key, value) -> assertThatThrownBy(
                        () -> ConfigurationValidator.validate(configuration(Map.of(key, value))))
                .as(key)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must "));
    }

    private static void addNegative(Class<?> group, String prefix, Map<String, String> values) {
        for (Method method : group.getDeclaredMethods()) {
            if (!Modifier.isAbstract(method.getModifiers())) {
                continue;
            }
            String key = "%s.%s"
                    .formatted(prefix, method.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-"))
                    .toLowerCase(Locale.ROOT);
            Class<?> type = method.getReturnType();
            if (type.isInterface() && type.getName().startsWith("dev.terminalcloud")) {
                addNegative(type, key, values);
            } else if (type == int.class || type == long.class) {
                values.put(key, "-1");
            } else if (type == Duration.class) {
                values.put(key, "-1s");
            }
        }
    }

    @Test
    void tlsIsRequiredUnlessSwitchedOff() {
        assertThatThrownBy(
                        () -> ConfigurationValidator.validate(configuration(Map.of("connector.tls.required", "true"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connector.tls.certificate-chain and connector.tls.key must be set")
                .hasMessageContaining("connector.tls.required=false");
    }

    @Test
    void tlsIsRequiredByDefault() {
        assertThat(new SmallRyeConfigBuilder()
                        .withMapping(ConnectorConfiguration.class)
                        .withConverter(Duration.class, 100, new DurationConverter())
                        .withSources(new PropertiesConfigSource(Map.of("connector.index", "0"), "test", 100))
                        .build()
                        .getConfigMapping(ConnectorConfiguration.class)
                        .tls()
                        .required())
                .isTrue();
    }

    @Test
    void filesOfTlsAreGivenTogether() {
        assertRefused(
                "connector.tls.key and connector.tls.certificate-chain must be set together",
                Map.of("connector.tls.certificate-chain", "/tls.crt"));
        assertRefused(
                "connector.tls.key and connector.tls.certificate-chain must be set together",
                Map.of("connector.tls.key", "/tls.key"));
        assertRefused(
                "connector.tls.device-ca-certificates needs connector.tls.certificate-chain",
                Map.of("connector.tls.device-ca-certificates", "/ca.crt"));
        assertRefused(
                "connector.tls.client-auth=required needs connector.tls.device-ca-certificates",
                Map.of("connector.tls.client-auth", "required"));
    }

    @Test
    void plainPortsAreClosedBesideTlsUnlessTheyAreKept() {
        Map<String, String> files =
                Map.of("connector.tls.certificate-chain", "/tls.crt", "connector.tls.key", "/tls.key");
        Map<String, String> kept = new HashMap<>(files);
        kept.put("connector.tls.plain-ports", "web-socket");

        assertThat(configuration(Map.of()).tls().isOpen(PlainPort.MQTT)).isTrue();
        assertThat(configuration(files).tls().isOpen(PlainPort.MQTT)).isFalse();
        assertThat(configuration(files).tls().isOpen(PlainPort.WEB_SOCKET)).isFalse();
        assertThat(configuration(kept).tls().isOpen(PlainPort.MQTT)).isFalse();
        assertThat(configuration(kept).tls().isOpen(PlainPort.WEB_SOCKET)).isTrue();
    }

    @Test
    void portsOfProxiesNeedTrustedProxies() {
        assertRefused(
                "connector.proxy-protocol.ports needs connector.proxy-protocol.trusted-proxies, the load balancers",
                Map.of("connector.proxy-protocol.ports", "mqtt-tls", "connector.trusted-proxies", "10.4.0.0/24"));
        assertRefused(
                "connector.proxy-protocol.ports needs connector.proxy-protocol.trusted-proxies, the load balancers",
                Map.of("connector.proxy-protocol.ports", "mqtt-tls", "connector.proxy-protocol.trusted-proxies", ""));

        ConnectorConfiguration behindBalancer = configuration(Map.of(
                "connector.proxy-protocol.ports",
                "mqtt-tls",
                "connector.proxy-protocol.trusted-proxies",
                "198.51.100.0/24"));
        ConfigurationValidator.validate(behindBalancer);
        assertThat(behindBalancer.proxyProtocol().isOn(DevicePort.MQTT_TLS)).isTrue();
        assertThat(behindBalancer.proxyProtocol().isOn(DevicePort.WEB_SOCKET)).isFalse();
    }

    private static void assertRefused(String message, Map<String, String> values) {
        assertThatThrownBy(() -> ConfigurationValidator.validate(configuration(values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static ConnectorConfiguration configuration(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of(
                "connector.index", "0", "connector.tls.required", "false", "connector.budgets.min-suspension", "2s"));
        all.putAll(values);
        ConfigSource source = new PropertiesConfigSource(all, "test", 100);
        return new SmallRyeConfigBuilder()
                .withMapping(ConnectorConfiguration.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(source)
                .build()
                .getConfigMapping(ConnectorConfiguration.class);
    }
}
