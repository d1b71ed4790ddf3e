package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.TransactionConfiguration.ServiceLevelTargets;
import dev.terminalcloud.transaction.servicelevel.MeasuredPhase;
import dev.terminalcloud.transaction.servicelevel.ServiceLevel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long transactions take: histograms that Prometheus can add up over all replicas, from the intake until the device has the
 * transaction ({@code transaction.delivery}), from the arrival of its device's result at the connector until it is completed
 * ({@code transaction.answer}), and from the intake until its outcome is final ({@code transaction.duration}, most of which is the
 * customer's). The first two are the {@link ServiceLevel}. What a database transaction brings about is measured until its commit, and not
 * at all if it is rolled back. Thread-safe.
 */
@Startup
@ApplicationScoped
public class TransactionTimes {
    /** Upper limits of the buckets. A transaction is delivered within 15 s or never. */
    private static final List<Duration> BUCKETS = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    private final ServiceLevel serviceLevel;
    private final Timer delivery;
    private final Timer answer;
    private final Timer duration;

    TransactionTimes(ServiceLevel serviceLevel, TransactionConfiguration config, MeterRegistry metrics) {
        this.serviceLevel = serviceLevel;
        ServiceLevelTargets targets = config.serviceLevel();
        delivery = timer("transaction.delivery", metrics, targets.delivery());
        answer = timer("transaction.answer", metrics, targets.answer());
        duration = timer("transaction.duration", metrics);
    }

    /** Records that its device has the transaction. */
    void delivered(WriteTransaction write, Transaction transaction) {
        write.afterCommit(() -> {
            Duration elapsed = since(transaction.createdAt(), transaction);
            delivery.record(elapsed);
            serviceLevel.record(MeasuredPhase.DELIVERY, elapsed);
        });
    }

    /** Records that the transaction is completed by the result that its connector received then. */
    public void answered(WriteTransaction write, Transaction transaction, Instant receivedAt) {
        write.afterCommit(() -> {
            Duration elapsed = since(receivedAt, transaction);
            answer.record(elapsed);
            serviceLevel.record(MeasuredPhase.ANSWER, elapsed);
        });
    }

    /** Records that its outcome is final. */
    void ended(WriteTransaction write, Transaction transaction) {
        write.afterCommit(() -> duration.record(since(transaction.createdAt(), transaction)));
    }

    private static Timer timer(String name, MeterRegistry metrics, Duration... furtherBuckets) {
        Duration[] buckets =
                Stream.concat(BUCKETS.stream(), Stream.of(furtherBuckets)).toArray(Duration[]::new);
        return Timer.builder(name).serviceLevelObjectives(buckets).register(metrics);
    }

    private static Duration since(Instant begin, Transaction locked) {
        return locked.lockedAt().since(begin, System.nanoTime());
    }
}
