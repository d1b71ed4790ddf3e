package dev.terminalcloud.servicestart;

import dev.terminalcloud.startup.EncryptionValidator;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops the startup of a service, before it connects to anything, if it would use plaintext connections that are not permitted. */
@ApplicationScoped
class EncryptionCheck {
    private final EncryptionConfiguration configuration;
    private final Map<String, Object> kafka;
    private final String jdbcUrl;
    private final Optional<String> reactiveSslMode;

    EncryptionCheck(
            EncryptionConfiguration configuration,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String jdbcUrl,
            @ConfigProperty(name = "quarkus.datasource.reactive.postgresql.ssl-mode")
                    Optional<String> reactiveSslMode) {
        this.configuration = configuration;
        this.kafka = kafka;
        this.jdbcUrl = jdbcUrl;
        this.reactiveSslMode = reactiveSslMode;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        try {
            if (configuration.kafkaRequired()) {
                EncryptionValidator.validateKafka(kafka);
            }
            if (configuration.databaseRequired()) {
                EncryptionValidator.validateDatabase(jdbcUrl, reactiveSslMode);
            }
        } catch (IllegalArgumentException e) {
            // Of this one Quarkus prints the message alone.
            throw new ConfigurationException(e.getMessage());
        }
    }
}
