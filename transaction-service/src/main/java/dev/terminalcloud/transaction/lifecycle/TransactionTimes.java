package dev.terminalcloud.transaction.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;

/**
 * How long transactions take: histograms that Prometheus can add up over all replicas, from the intake until the device has the
 * transaction ({@code transaction.delivery}), and until its outcome is final ({@code transaction.duration}, most of which is the
 * customer's). Both are by the time of the database. Thread-safe.
 */
@Startup
@ApplicationScoped
class TransactionTimes {
    /** Upper limits of the buckets. A transaction is delivered within 15 s or never. */
    private static final Duration[] BUCKETS = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer delivery;
    private final Timer duration;

    TransactionTimes(MeterRegistry metrics) {
        delivery = timer("transaction.delivery", metrics);
        duration = timer("transaction.duration", metrics);
    }

    /** Records that its device has the transaction now. */
    void delivered(Transaction transaction, Instant now) {
        delivery.record(sinceIntake(transaction, now));
    }

    /** Records that its outcome is final now. */
    void ended(Transaction transaction, Instant now) {
        duration.record(sinceIntake(transaction, now));
    }

    private static Timer timer(String name, MeterRegistry metrics) {
        return Timer.builder(name).serviceLevelObjectives(BUCKETS).register(metrics);
    }

    /** Never negative: a timer ignores what is. */
    private static Duration sinceIntake(Transaction transaction, Instant now) {
        Duration elapsed = Duration.between(transaction.createdAt(), now);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }
}
