package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Notifications to the leader, the replica that holds the relay lease: PostgreSQL's {@code NOTIFY}, for which the leader keeps a
 * connection of its own. They only save time: the relay's sweep every second finds what no notification announced.
 */
@ApplicationScoped
class LeaderNotifications {
    private static final Logger LOG = Logger.getLogger(LeaderNotifications.class);

    private final Pool pool;
    private final AtomicBoolean listening = new AtomicBoolean();

    LeaderNotifications(Pool pool) {
        this.pool = pool;
    }

    /** Runs the action at each notification of this relay from now on; does nothing if it listens already. Returns at once. */
    void listen(UUID relay, Runnable called) {
        if (listening.compareAndSet(false, true)) {
            pool.getConnection()
                    .chain(connection -> listen(connection, relay, called))
                    .subscribe()
                    .with(done -> LOG.debug("Listening for relay notifications"), this::failed);
        }
    }

    private Uni<Void> listen(SqlConnection connection, UUID relay, Runnable called) {
        PgConnection postgres = PgConnection.cast(connection.getDelegate());
        postgres.closeHandler(closed -> listening.set(false));
        postgres.notificationHandler(call -> {
            if (relay.toString().equals(call.getPayload())) {
                called.run();
            }
        });
        return connection
                .query("listen outbox")
                .execute()
                .replaceWithVoid()
                .onFailure()
                .call(connection::close);
    }

    private void failed(Throwable failure) {
        listening.set(false);
        LOG.warnf("Failed to listen for relay notifications, the sweep takes over: reason=%s", failure);
    }
}
