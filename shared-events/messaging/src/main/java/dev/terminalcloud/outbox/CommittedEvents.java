package dev.terminalcloud.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Publisher of events that have just been committed: it sends them from memory, without a look at the outbox, whose rows insure against a
 * crash between commit and acknowledgement.
 *
 * <p>Events for compacted topics, and all events while the relay is behind, are left to the relay. An event that can't be sent makes the
 * relay fall behind, so that later ones do not overtake it. Safe for any thread; never fails.
 */
@ApplicationScoped
class CommittedEvents {
    private final OutboxProducer producer;
    private final PublishedRows publishedRows;
    private final OutboxRelay relay;
    private final OutboxMetrics metrics;

    CommittedEvents(OutboxProducer producer, PublishedRows publishedRows, OutboxRelay relay, OutboxMetrics metrics) {
        this.producer = producer;
        this.publishedRows = publishedRows;
        this.relay = relay;
        this.metrics = metrics;
    }

    /** Publishes the rows of one committed transaction, in their order. Returns at once. */
    void publish(List<OutboxRow> rows) {
        List<OutboxRow> ordinary = OutboxRow.ordinary(rows);
        boolean direct = !relay.isBehind();
        if (ordinary.size() < rows.size() || (!direct && !rows.isEmpty())) {
            relay.wake();
        }
        if (direct && !ordinary.isEmpty()) {
            producer.send(ordinary).subscribe().with(sent -> sent(ordinary, sent), failure -> sent(ordinary, Set.of()));
        }
    }

    private void sent(List<OutboxRow> rows, Set<Long> sent) {
        metrics.recordAttempt(sent.size(), rows.size() - sent.size());
        publishedRows.delete(sent);
        if (sent.size() < rows.size()) {
            relay.fallBehind();
        }
    }
}
