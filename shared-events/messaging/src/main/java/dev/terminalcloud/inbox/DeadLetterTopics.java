package dev.terminalcloud.inbox;

import dev.terminalcloud.events.Topic;
import dev.terminalcloud.inbox.DeadLetter.Position;
import dev.terminalcloud.startup.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reader of this service's own dead letters. The dead-letter topics are shared with the other readers of their source topics. */
@ApplicationScoped
public class DeadLetterTopics {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_EMPTY_POLLS = 25;

    private final Map<String, Object> kafka;
    private final String service;
    private final DeadLetterProducer producer;

    DeadLetterTopics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service,
            DeadLetterProducer producer) {
        this.kafka = kafka;
        this.service = service;
        this.producer = producer;
    }

    /**
     * Returns the wanted dead letters in the order of their positions. Fails with a {@code KafkaException} if Kafka is
     * unavailable. Completes on a worker thread.
     *
     * @param from the first position to read
     */
    public Uni<List<DeadLetter>> read(Position from, int limit, Predicate<DeadLetter> wanted) {
        return Uni.createFrom()
                .item(() -> readBlocking(from, limit, wanted))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /**
     * Sends the record to its source topic again. Completes on another thread when Kafka has acknowledged it; fails with a
     * {@code KafkaException} without an acknowledgement within five seconds, although Kafka may still get the record later.
     */
    public Uni<Void> retry(DeadLetter letter) {
        return producer.send(letter.toRetryRecord())
                .ifNoItem()
                .after(TIMEOUT)
                .failWith(() -> new TimeoutException("Timed out writing to Kafka: " + letter.place()));
    }

    private List<DeadLetter> readBlocking(Position from, int limit, Predicate<DeadLetter> wanted) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.readerWithoutGroup(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<DeadLetter> found = new ArrayList<>();
            for (Position begin : partitions(consumer)) {
                Position start = begin.compareTo(from) < 0 ? from : begin;
                if (start.source() == begin.source() && start.partition() == begin.partition()) {
                    new PartitionScan(consumer, start, limit, wanted).into(found);
                }
            }
            return found;
        }
    }

    /** Returns the first position of each partition of each existing dead-letter topic. */
    private static List<Position> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        Map<String, List<PartitionInfo>> known = consumer.listTopics(TIMEOUT);
        return Stream.of(Topic.values())
                .flatMap(source -> known.getOrDefault(source.deadLetterTopicName(), List.of()).stream()
                        .map(partition -> new Position(source, partition.partition(), 0)))
                .sorted()
                .toList();
    }

    /** Scan of one partition from a position to its current end. */
    private final class PartitionScan {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Position start;
        private final int limit;
        private final Predicate<DeadLetter> wanted;
        private final TopicPartition partition;

        PartitionScan(KafkaConsumer<byte[], byte[]> consumer, Position start, int limit, Predicate<DeadLetter> wanted) {
            this.consumer = consumer;
            this.start = start;
            this.limit = limit;
            this.wanted = wanted;
            this.partition = new TopicPartition(start.topic(), start.partition());
        }

        void into(List<DeadLetter> found) {
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition), TIMEOUT).get(partition);
            long end = consumer.endOffsets(List.of(partition), TIMEOUT).get(partition);
            consumer.seek(partition, Math.max(first, start.offset()));
            int emptyPolls = 0;
            while (consumer.position(partition, TIMEOUT) < end && found.size() < limit) {
                List<ConsumerRecord<byte[], byte[]>> polled =
                        consumer.poll(POLL).records(partition);
                emptyPolls = polled.isEmpty() ? emptyPolls + 1 : 0;
                if (emptyPolls == MAX_EMPTY_POLLS) {
                    throw new TimeoutException("Timed out reading from Kafka: " + partition);
                }
                polled.forEach(letter -> add(letter, found));
            }
        }

        private void add(ConsumerRecord<byte[], byte[]> polled, List<DeadLetter> found) {
            Position place = new Position(start.source(), start.partition(), polled.offset());
            DeadLetter letter = new DeadLetter(place, polled);
            if (found.size() < limit && letter.belongsTo(service) && wanted.test(letter)) {
                found.add(letter);
            }
        }
    }
}
