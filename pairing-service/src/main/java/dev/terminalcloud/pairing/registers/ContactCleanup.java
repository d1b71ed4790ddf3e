package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.pairing.PairingConfiguration;
import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Hourly erasure, on any replica, of the contact details and names of registers that have not been paired for some time. Their vendor,
 * id and version stay: the version must never go back, or readers of {@code pairing-events} would ignore the next pairing.
 */
@Startup
@ApplicationScoped
class ContactCleanup {
    private final Pool pool;
    private final BatchedCleanup cleanup;
    private final Duration retention;

    ContactCleanup(Pool pool, BatchedCleanup cleanup, PairingConfiguration configuration) {
        this.pool = pool;
        this.cleanup = cleanup;
        this.retention = configuration.contactRetention();
        Duration history = configuration.history().retention();
        if (retention.compareTo(history) > 0) {
            throw new IllegalArgumentException("pairing.contact-retention must not be longer than"
                    + " pairing.history.retention, was %s and %s".formatted(retention, history));
        }
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> eraseExpired() {
        return cleanup.run(ExpiredData.REGISTER_CONTACT, () -> RegisterRepository.eraseContacts(pool, retention));
    }
}
