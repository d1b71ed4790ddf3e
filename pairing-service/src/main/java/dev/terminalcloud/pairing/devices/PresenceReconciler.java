package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.routes.ConnectorTable;
import dev.terminalcloud.routes.DeviceRoutes;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Detects devices that came online or went offline without an event of their own: their connector timed out, recovered or
 * restarted. Every replica checks the connectors every second, and all devices only when a connector has changed, or once
 * a minute; a change that another replica has published already is not published again.
 */
@ApplicationScoped
class PresenceReconciler {
    private static final int BATCH = 500;
    private static final int CHECKS_PER_FULL_SCAN = 60;

    private final Pool pool;
    private final Outbox outbox;
    private final ConnectorTable connectors;
    private final DeviceRoutes routes;
    private final Presence presence;
    private volatile String reconciledConnectors;
    private volatile int checks;

    PresenceReconciler(Pool pool, Outbox outbox, ConnectorTable connectors, DeviceRoutes routes, Presence presence) {
        this.pool = pool;
        this.outbox = outbox;
        this.connectors = connectors;
        this.routes = routes;
        this.presence = presence;
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> reconcile() {
        return connectors
                .state()
                .chain(state -> isReconciled(state) ? Uni.createFrom().voidItem() : reconcileAll(state));
    }

    private boolean isReconciled(String state) {
        checks = (checks + 1) % CHECKS_PER_FULL_SCAN;
        return checks != 0 && state.equals(reconciledConnectors);
    }

    private Uni<Void> reconcileAll(String state) {
        return reconcileFrom("").invoke(() -> reconciledConnectors = state);
    }

    private Uni<Void> reconcileFrom(String after) {
        return Presence.findOutdated(pool, after, BATCH).chain(devices -> reconcile(devices)
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
}
