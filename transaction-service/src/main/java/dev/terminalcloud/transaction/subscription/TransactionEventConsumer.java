package dev.terminalcloud.transaction.subscription;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes {@code transaction-events} of every replica: each replica reads all partitions from its start on, without a
 * consumer group, and has nothing to commit.
 */
@ApplicationScoped
class TransactionEventConsumer {
    private static final Logger LOG = Logger.getLogger(TransactionEventConsumer.class);

    private final ChangeNotifier changes;

    TransactionEventConsumer(ChangeNotifier changes) {
        this.changes = changes;
    }

    @Incoming("transaction-events")
    void receive(byte[] payload) {
        try {
            Event event = EventCodec.decode(Topic.TRANSACTION_EVENTS, payload);
            if (event instanceof TransactionChange change) {
                changes.publish(change);
            }
        } catch (MalformedEventException e) {
            LOG.errorf("Malformed record in transaction-events: reason=%s", e.getMessage());
        }
    }
}
