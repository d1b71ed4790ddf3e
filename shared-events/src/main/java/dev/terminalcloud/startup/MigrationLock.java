package dev.terminalcloud.startup;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Lets replicas that migrate at the same time wait for each other by a lock of the session. Flyway's usual one is held by
 * a transaction, and an index that is created concurrently waits for all transactions: for ever.
 */
@Singleton
public final class MigrationLock implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
