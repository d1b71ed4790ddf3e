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
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Applies the events of a poll in one database transaction, and those of all polls that come while it is under way in the next one.
 *
 * <p>At least once, in the order of each partition: the consumer commits the offsets of records that are applied. The inbox retries transient
 * failures. If the transaction fails in another way, it applies the events one by one, and sends only those that fail alone to the dead-letter
 * topic. It counts and skips an event of a type that this build does not know. It applies nothing before the service has started.
 *
 * <p>Counters, each with the label {@code topic}: {@code inbox.events.applied}, {@code inbox.events.unknown},
 * {@code inbox.dead.letters} (events) and {@code inbox.retries} (failed attempts that were retried). The summary
 * {@code inbox.batch.events} has the events of each database transaction, with the same label.
 */
@ApplicationScoped
public class Inbox {
    private final Outbox outbox;
    private final DeadLetterProducer deadLetters;
    private final MeterRegistry metrics;
    private final ServiceStart start;
    private final Tracing tracing;
    private final Map<Topic, PollQueue> queues = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Inbox(Outbox outbox, DeadLetterProducer deadLetters, MeterRegistry metrics, ServiceStart start, Tracing tracing) {
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.start = start;
        this.tracing = tracing;
    }

    /**
     * Applies the records of a poll, and acknowledges them when all are applied or on the dead-letter topic, however long that takes. If a
     * record can't be applied because the service is shutting down, it is not acknowledged, and the next consumer receives it.
     *
     * <p>Must be called on a Vert.x context that nothing else uses.
     *
     * @param family the family of events on the topic of the records
     * @param handler the same for each poll of the topic
     * @return completes when there is room for the next poll; never fails
     */
    public <E extends Event> Uni<Void> receive(
            Class<E> family, KafkaRecordBatch<byte[], byte[]> polled, EventHandler<E> handler) {
        return queues.computeIfAbsent(topicOf(family), topic -> queue(topic, family, handler))
                .add(Poll.of(polled));
    }

    /** Drops the records of these partitions that wait. May be called on any thread. */
    void drop(Collection<TopicPartition> revoked) {
        queues.values().forEach(queue -> queue.drop(revoked));
    }

    private <E extends Event> PollQueue queue(Topic topic, Class<E> family, EventHandler<E> handler) {
        InboxMetrics meters = new InboxMetrics(topic, metrics);
        return new PollQueue(records -> start.isComplete()
                ? apply(topic, family, handler, meters, records)
                : start.completed()
                        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                        .chain(() -> apply(topic, family, handler, meters, records)));
    }

    private <E extends Event> Uni<Void> apply(
            Topic topic,
            Class<E> family,
            EventHandler<E> handler,
            InboxMetrics meters,
            List<ConsumerRecord<byte[], byte[]>> records) {
        return new InboxBatch<>(topic, family, handler, outbox, deadLetters, meters, tracing, () -> stopping)
                .apply(records);
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
