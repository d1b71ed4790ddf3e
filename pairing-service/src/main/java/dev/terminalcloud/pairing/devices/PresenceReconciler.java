package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.routes.DeviceRoutes;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Detects devices that came online or went offline without an event of their own: their connector timed out, recovered or
 * restarted. Every replica checks the connectors every second, and all devices only when a connector has changed, or once
 * a minute; a change that another replica has published already is not published again.
 */
@ApplicationScoped
class PresenceReconciler {
    private static final int BATCH = 500;
    private static final int CHECKS_PER_FULL_SCAN = 60;

    private static final String CONNECTORS =
            """
            select coalesce(
                string_agg(concat_ws('/', connector_index, epoch, suspended_at), ' ' order by connector_index), '')
            from connector
            """;

    /** The inner select runs once for all devices. */
    private static final String OUTDATED =
            """
            select d.device_id from device d
            where d.device_id > $1 and d.online <> (d.device_id in (
                select device_id from open_session))
            order by d.device_id limit $2
            """;

    private final Pool pool;
    private final Outbox outbox;
    private final DeviceRoutes routes;
    private final Presence presence;
    private volatile String reconciledConnectors;
    private volatile int checks;

    PresenceReconciler(Pool pool, Outbox outbox, DeviceRoutes routes, Presence presence) {
        this.pool = pool;
        this.outbox = outbox;
        this.routes = routes;
        this.presence = presence;
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> reconcile() {
        return pool.query(CONNECTORS)
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .chain(connectors -> isReconciled(connectors) ? Uni.createFrom().voidItem() : reconcileAll(connectors));
    }

    private boolean isReconciled(String connectors) {
        checks = (checks + 1) % CHECKS_PER_FULL_SCAN;
        return checks != 0 && connectors.equals(reconciledConnectors);
    }

    private Uni<Void> reconcileAll(String connectors) {
        return reconcileFrom("").invoke(() -> reconciledConnectors = connectors);
    }

    private Uni<Void> reconcileFrom(String after) {
        return pool.preparedQuery(OUTDATED)
                .execute(Tuple.of(after, BATCH))
                .map(PresenceReconciler::ids)
                .chain(devices -> reconcile(devices)
                        .chain(() -> devices.size() < BATCH
                                ? Uni.createFrom().voidItem()
                                : reconcileFrom(devices.get(devices.size() - 1))));
    }

    private Uni<Void> reconcile(List<String> devices) {
        return devices.isEmpty()
                ? Uni.createFrom().voidItem()
                : outbox.inTransaction(transaction -> routes.lockOnly(transaction.session(), devices)
                        .chain(() -> presence.reconcile(transaction, devices)));
    }

    private static List<String> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString(0))
                .toList();
    }
}
