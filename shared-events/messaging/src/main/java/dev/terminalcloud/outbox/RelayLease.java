package dev.terminalcloud.outbox;

import dev.terminalcloud.outbox.OutboxTable.LeaseState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The lease of this replica's relay on sending to compacted topics, which one relay holds at a time: the leader. Without renewal it expires
 * after three seconds.
 */
@ApplicationScoped
class RelayLease {
    private static final Logger LOG = Logger.getLogger(RelayLease.class);
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(1);

    private final UUID relay = UUID.randomUUID();
    private final Pool pool;
    private final OutboxTable table;
    private final LeaderNotifications notifications;
    private volatile boolean held;

    RelayLease(Pool pool, OutboxTable table, LeaderNotifications notifications) {
        this.pool = pool;
        this.table = table;
        this.notifications = notifications;
    }

    /** Returns whether this relay held the lease when it last asked for it. */
    boolean isHeld() {
        return held;
    }

    /**
     * Acquires or renews the lease, in the relay's transaction.
     *
     * @param called runs whenever another replica has found rows for the leader
     */
    Uni<LeaseState> acquire(SqlConnection connection, Runnable called) {
        return table.acquireLease(connection, relay).invoke(state -> {
            held = state != LeaseState.HELD_BY_ANOTHER_REPLICA;
            if (held) {
                notifications.listen(relay, called);
            }
        });
    }

    /** Renews the lease and returns true, unless it is lost, or any row is unpublished. */
    Uni<Boolean> renewIfEmpty() {
        return table.renewLeaseIfEmpty(pool, relay);
    }

    /** Releases the lease if it is held, so that another replica can acquire it at once; waits for that for a second at most. */
    void release() {
        if (held) {
            table.releaseLease(pool, relay)
                    .onFailure()
                    .invoke(failure ->
                            LOG.infof("Failed to release the relay lease, it expires by itself: reason=%s", failure))
                    .onFailure()
                    .recoverWithNull()
                    .await()
                    .atMost(RELEASE_TIMEOUT);
        }
    }
}
