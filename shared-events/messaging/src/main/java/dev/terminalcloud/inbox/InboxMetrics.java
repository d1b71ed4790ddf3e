package dev.terminalcloud.inbox;

import dev.terminalcloud.events.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of the inbox for one topic. */
final class InboxMetrics {
    private final Counter applied;
    private final Counter unknown;
    private final Counter deadLetters;
    private final Counter retries;
    private final DistributionSummary batches;

    InboxMetrics(Topic topic, MeterRegistry metrics) {
        String name = topic.topicName();
        this.applied = metrics.counter("inbox.events.applied", "topic", name);
        this.unknown = metrics.counter("inbox.events.unknown", "topic", name);
        this.deadLetters = metrics.counter("inbox.dead.letters", "topic", name);
        this.retries = metrics.counter("inbox.retries", "topic", name);
        this.batches = metrics.summary("inbox.batch.events", "topic", name);
    }

    /** Records the events that one database transaction has applied. */
    void applied(int events) {
        applied.increment(events);
        batches.record(events);
    }

    void unknownEvent() {
        unknown.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void retry() {
        retries.increment();
    }
}
