package dev.terminalcloud.transaction.servicelevel;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The durations that this replica has measured and not stored yet. They are added to those of all replicas every ten seconds; a
 * crash loses those of the last ten. The gauge {@code transaction.service.level.target} has the target of each phase.
 *
 * <p>Thread-safe.
 */
@Startup
@ApplicationScoped
public class ServiceLevel {
    private static final Logger LOG = Logger.getLogger(ServiceLevel.class);

    private final ServiceLevelTable table;
    private final Map<MeasuredPhase, Map<Integer, Long>> unsaved = new EnumMap<>(MeasuredPhase.class);

    ServiceLevel(ServiceLevelTable table, TransactionConfiguration config, MeterRegistry metrics) {
        this.table = table;
        for (MeasuredPhase phase : MeasuredPhase.values()) {
            Duration target = phase.target(config.serviceLevel());
            TimeGauge.builder("transaction.service.level.target", target::toMillis, TimeUnit.MILLISECONDS)
                    .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }

    /** Counts a duration; a negative one, of clocks that differ, as none. */
    public void record(MeasuredPhase phase, Duration duration) {
        add(phase, DurationBucket.of(duration), 1);
    }

    @Scheduled(
            every = "10s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> save() {
        Map<MeasuredPhase, Map<Integer, Long>> samples = takeUnsaved();
        return samples.isEmpty()
                ? Uni.createFrom().voidItem()
                : table.add(samples).onFailure().recoverWithItem(failure -> {
                    LOG.warnf(
                            "Failed to store service level, it is tried again in 10 s: reason=%s",
                            TransientFailures.describe(failure));
                    samples.forEach((phase, counts) -> counts.forEach((bucket, count) -> add(phase, bucket, count)));
                    return null;
                });
    }

    private synchronized void add(MeasuredPhase phase, int bucket, long count) {
        unsaved.computeIfAbsent(phase, added -> new TreeMap<>()).merge(bucket, count, Long::sum);
    }

    private synchronized Map<MeasuredPhase, Map<Integer, Long>> takeUnsaved() {
        Map<MeasuredPhase, Map<Integer, Long>> taken = Map.copyOf(unsaved);
        unsaved.clear();
        return taken;
    }
}
