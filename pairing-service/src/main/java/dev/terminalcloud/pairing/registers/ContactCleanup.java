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
    /** The history of pairings knows when the last pairing ended; a register without history has had none for longer. */
    private static final String ERASE_EXPIRED =
            """
            update register set
                business_name = '', register_name = '', contact_name = null, address = null, city = null, state = null,
                zip_code = null, email = null, phone = null
            where (vendor_name, register_id) in (
                select r.vendor_name, r.register_id from register r
                where r.device_id is null and (
                    r.business_name <> '' or r.register_name <> ''
                    or num_nonnulls(r.contact_name, r.address, r.city, r.state, r.zip_code, r.email, r.phone) > 0)
                  and not exists (
                    select from pairing_history h
                    where h.vendor_name = r.vendor_name and h.register_id = r.register_id
                      and (h.ended_at is null or h.ended_at >= now() - make_interval(secs => $1)))
                limit $2 for update of r skip locked)
            """;

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
        return cleanup.run(
                ExpiredData.REGISTER_CONTACT, () -> BatchedCleanup.removeOlder(pool, ERASE_EXPIRED, retention));
    }
}
