package dev.terminalcloud.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the services keep what they share; each service has keys for what only it has. */
@ConfigMapping(prefix = "retention")
public interface RetentionConfiguration {

    /**
     * Time that an entry of the audit trail is kept; at least 90 days, which the database enforces too. The default is a
     * little more than the year that PCI DSS asks for.
     */
    @WithDefault("400d")
    Duration auditEntries();

    /**
     * Time that is known of a dead letter how an operator resolved it; at least 100 days. It must be longer than Kafka keeps
     * the records of the dead-letter topics (90 days, and up to a week more): a resolved dead letter would show up again.
     */
    @WithDefault("180d")
    Duration resolvedDeadLetters();
}
