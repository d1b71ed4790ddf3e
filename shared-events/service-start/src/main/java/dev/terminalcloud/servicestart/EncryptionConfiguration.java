package dev.terminalcloud.servicestart;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configuration of which connections must be encrypted. */
@ConfigMapping(prefix = "encryption")
public interface EncryptionConfiguration {

    /** True if the service must not start with plaintext connections to Kafka. */
    @WithDefault("true")
    boolean kafkaRequired();

    /** True if the service must not start with plaintext connections to PostgreSQL. */
    @WithDefault("true")
    boolean databaseRequired();
}
