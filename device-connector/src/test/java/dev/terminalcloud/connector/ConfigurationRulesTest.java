package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationRulesTest {
    @Test
    void defaultsAreAllowed() {
        assertThatCode(() -> ConfigurationRules.check(configuration(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "connector.index, -1",
        "connector.index, 64",
        "connector.event-loops, -1",
        "connector.mqtt.port, 65536",
        "connector.web-socket.port, -1",
        "connector.limits.connections, 0",
        "connector.limits.packet-size-from-device, 10",
        "connector.limits.packet-size-to-device, 268435456",
        "connector.limits.packets-per-second, 0",
        "connector.limits.unacknowledged-commands, 65536",
        "connector.limits.waiting-commands, 0",
        "connector.limits.unacknowledged-events, 0",
        "connector.limits.time-to-connect, 0s",
        "connector.limits.time-to-read, 0s",
        "connector.limits.time-to-hello, 999ms",
        "connector.limits.time-to-store-event, 2h",
        "connector.limits.time-to-acknowledge-command, -5s",
    })
    void valueThatIsNotAllowedIsNamed(String key, String value) {
        assertThatThrownBy(() -> ConfigurationRules.check(configuration(Map.of(key, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must be ");
    }

    private static ConnectorConfiguration configuration(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("connector.index", "0"));
        all.putAll(values);
        ConfigSource source = new PropertiesConfigSource(all, "test", 100);
        return new SmallRyeConfigBuilder()
                .withMapping(ConnectorConfiguration.class)
                .withConverter(java.time.Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withSources(source)
                .build()
                .getConfigMapping(ConnectorConfiguration.class);
    }
}
