package dev.terminalcloud.servicestart;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Configures Flyway to use a session lock between replicas that migrate at the same time. A transaction holds Flyway's
 * default lock, and {@code create index concurrently} waits for all transactions: it would wait forever.
 */
@Singleton
public final class MigrationLock implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
