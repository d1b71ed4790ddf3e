package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.transaction.TransactionConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits lower than the POS API promises, which prevent startup. */
class StartRateLimiterConfigurationTest {
    private static final int HIGH = 100;

    @ParameterizedTest
    @CsvSource({
        "transaction.start-rate-limit.per-second, 10",
        "transaction.start-rate-limit.burst, 10",
        "transaction.start-rate-limit.per-second, 5000"
    })
    void tenASecondAndMoreAreAllowed(String key, String value) {
        assertThatCode(() -> start(key, value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "transaction.start-rate-limit.per-second, 9",
        "transaction.start-rate-limit.per-second, 0",
        "transaction.start-rate-limit.burst, 9",
        "transaction.start-rate-limit.burst, -1"
    })
    void lessIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> start(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(key + " must be at least 10 (guaranteed by the POS API), was " + value);
    }

    private static void start(String key, String value) {
        Map<String, String> values = new HashMap<>(Map.of("transaction.public-url", "http://gateway.test"));
        values.put(key, value);
        TransactionConfiguration config = new SmallRyeConfigBuilder()
                .withMapping(TransactionConfiguration.class)
                .withConverter(Duration.class, HIGH, new DurationConverter())
                .withConverter(MemorySize.class, HIGH, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(values, "test", HIGH))
                .build()
                .getConfigMapping(TransactionConfiguration.class);
        new StartRateLimiter(config, new SharedRateLimiter(null), new SimpleMeterRegistry());
    }
}
