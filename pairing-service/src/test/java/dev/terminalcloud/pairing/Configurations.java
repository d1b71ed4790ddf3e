package dev.terminalcloud.pairing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The service's configuration with some values changed. */
public final class Configurations {
    private static final int HIGH = 100;

    private Configurations() {}

    public static PairingConfiguration of(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PairingConfiguration.class)
                .withConverter(Duration.class, HIGH, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", HIGH))
                .build()
                .getConfigMapping(PairingConfiguration.class);
    }
}
