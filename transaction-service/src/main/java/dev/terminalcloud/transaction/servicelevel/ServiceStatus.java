package dev.terminalcloud.transaction.servicelevel;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.TransactionConfiguration.ServiceLevelTargets;
import dev.terminalcloud.transaction.servicelevel.ServiceLevelTable.Measured;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The service level of this installation, as it measures itself: read from the database at most every ten seconds. */
@ApplicationScoped
class ServiceStatus {
    private static final Duration CACHED = Duration.ofSeconds(10);

    /** So few slow ones say nothing. */
    private static final long TOLERATED = 2;

    private static final long ONE_IN = 100;

    private final ServiceLevelTargets targets;
    private final Uni<StatusAnswer> current;
    private volatile Map<MeasuredPhase, Measured> lastKnown = Map.of();
    private volatile long readAtNanos;

    ServiceStatus(ServiceLevelTable table, Ticker clock, TransactionConfiguration config) {
        this.targets = config.serviceLevel();
        this.current = Uni.createFrom()
                .deferred(() -> {
                    readAtNanos = clock.read();
                    return table.find();
                })
                .invoke(found -> lastKnown = found)
                .map(found -> StatusAnswer.of(isMet(found), found))
                .onFailure()
                .recoverWithItem(failure -> StatusAnswer.of(false, lastKnown))
                .memoize()
                .until(() -> clock.read() - readAtNanos >= CACHED.toNanos());
    }

    /**
     * Returns the service level, ten seconds old at most; while the database is not available, the last one known, as degraded.
     * Never fails. The answer arrives on any thread.
     */
    Uni<StatusAnswer> current() {
        return current;
    }

    private boolean isMet(Map<MeasuredPhase, Measured> measured) {
        return Stream.of(MeasuredPhase.values())
                .allMatch(phase ->
                        isMet(measured.getOrDefault(phase, Measured.NONE).recent(), phase.target(targets)));
    }

    private static boolean isMet(Distribution recent, Duration target) {
        long slow = recent.longerThan(target);
        return slow <= TOLERATED || slow * ONE_IN <= recent.count();
    }
}
