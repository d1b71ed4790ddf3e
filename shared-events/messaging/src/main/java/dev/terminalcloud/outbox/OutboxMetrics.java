package dev.terminalcloud.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** The counters of published events and of failed attempts, whoever publishes: {@link CommittedEvents} or {@link OutboxRelay}. */
@ApplicationScoped
class OutboxMetrics {
    private final Counter published;
    private final Counter failures;

    OutboxMetrics(MeterRegistry metrics) {
        this.published = metrics.counter("outbox.events.published");
        this.failures = metrics.counter("outbox.publish.failures");
    }

    /** Counts rows that Kafka has acknowledged, and those of the same attempt that it has not. */
    void recordAttempt(int acknowledged, int failed) {
        published.increment(acknowledged);
        failures.increment(failed);
    }

    /** Counts an attempt that failed as a whole. */
    void recordFailure() {
        failures.increment();
    }
}
