package dev.terminalcloud.transaction.subscription;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
    private final Tracing tracing;

    TransactionEventConsumer(ChangeNotifier changes, Tracing tracing) {
        this.changes = changes;
        this.tracing = tracing;
    }

    /** Wakes the requests for each record. The others of its poll do not depend on one that fails. */
    @Incoming("transaction-events")
    void receive(ConsumerRecords<byte[], byte[]> polled) {
        polled.forEach(this::publish);
    }

    private void publish(ConsumerRecord<byte[], byte[]> received) {
        TraceSpan step = tracing.process(Topic.TRANSACTION_EVENTS.topicName(), received.headers());
        try {
            publish(received, step);
            step.end();
        } catch (MalformedEventException e) {
            LOG.errorf("Malformed record in transaction-events: reason=%s", e.getMessage());
            step.end(e);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Failed to wake the requests of a record: topic=%s partition=%d offset=%d reason=%s",
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    e);
            step.end(e);
        }
    }

    private void publish(ConsumerRecord<byte[], byte[]> received, TraceSpan step) {
        Event event = EventCodec.decode(Topic.TRANSACTION_EVENTS, received.value());
        step.about(event);
        if (event instanceof TransactionChange change) {
            changes.publish(change);
        }
    }
}
