package dev.terminalcloud.inbox;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.servicestart.ServiceStart;
import dev.terminalcloud.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Applies the events of one poll in one database transaction.
 *
 * <p>At least once, in the order of each partition: the consumer commits the offsets after {@link #receive} has completed.
 * The inbox retries transient failures. If the transaction fails in another way, it applies the events one by one, and
 * sends only those that fail alone to the dead-letter topic. It counts and skips an event of a type that this build does
 * not know. It applies nothing before the service has started.
 *
 * <p>Counters, each with the label {@code topic}: {@code inbox.events.applied}, {@code inbox.events.unknown},
 * {@code inbox.dead.letters} (events) and {@code inbox.retries} (failed attempts that were retried).
 */
@ApplicationScoped
public class Inbox {
    private final Outbox outbox;
    private final DeadLetterProducer deadLetters;
    private final MeterRegistry metrics;
    private final ServiceStart start;
    private final Tracing tracing;
    private volatile boolean stopping;

    Inbox(Outbox outbox, DeadLetterProducer deadLetters, MeterRegistry metrics, ServiceStart start, Tracing tracing) {
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.start = start;
        this.tracing = tracing;
    }

    /**
     * Applies the records of one poll. Completes when all of them are applied or on the dead-letter topic, however long
     * that takes; never fails. If a record can't be applied because the service is shutting down, it never completes, and
     * the next consumer receives the record.
     *
     * <p>Must be called on a Vert.x context, and completes on it.
     *
     * @param family the family of events on the topic of the records
     */
    public <E extends Event> Uni<Void> receive(
            Class<E> family, ConsumerRecords<byte[], byte[]> records, EventHandler<E> handler) {
        InboxBatch<E> delivery = new InboxBatch<>(
                topicOf(family), family, handler, outbox, deadLetters, metrics, tracing, () -> stopping);
        return start.isComplete()
                ? delivery.receive(records)
                : start.completed()
                        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                        .chain(() -> delivery.receive(records));
    }

    /** From now on the resources that an event needs are being closed. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private static Topic topicOf(Class<?> family) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.family() == family)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No topic carries " + family.getName()));
    }
}
