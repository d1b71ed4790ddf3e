package dev.terminalcloud.transaction.notification;

import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.pairings.PairingTable;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Detects devices that have been offline for a while, and are online again, for the registers that want to know. Any replica does, by the
 * database's clock.
 *
 * <p>It asks the database every few seconds for as long as a device whose connection this replica has seen begin or end may still become
 * due, and once a minute otherwise: for the devices of a connector that has timed out, and of a replica that has crashed.
 */
@ApplicationScoped
public class OfflineDetection {
    private static final int INTERVAL_SECONDS = 5;
    private static final int RUNS_AT_REST = 60 / INTERVAL_SECONDS;

    private final PairingTable pairings;
    private final Duration offlineAfter;
    private final int runsAfterWake;
    private final AtomicInteger runsLeft = new AtomicInteger();
    private volatile int runsAtRest;

    OfflineDetection(PairingTable pairings, TransactionConfiguration config) {
        this.pairings = pairings;
        this.offlineAfter = config.deviceOfflineAfter();
        this.runsAfterWake = Math.toIntExact(offlineAfter.toSeconds()) / INTERVAL_SECONDS + 3;
    }

    /** Connections of devices begin or end in a database transaction that is about to commit. Safe for any thread. */
    public void wake() {
        runsLeft.set(runsAfterWake);
    }

    @Scheduled(
            every = INTERVAL_SECONDS + "s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> detect() {
        int left = runsLeft.getAndUpdate(runs -> Math.max(0, runs - 1));
        runsAtRest = (runsAtRest + 1) % RUNS_AT_REST;
        return left > 0 || runsAtRest == 0
                ? pairings.addPresenceChanges(offlineAfter).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }
}
