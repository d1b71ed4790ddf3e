package dev.terminalcloud.systemtests;

import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumer groups and records, as operators use them by Kafka's own tools after a restore of the database. */
record ConsumerGroups(String bootstrapServers) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Sets the groups back to a time, as {@code kafka-consumer-groups.sh --reset-offsets --to-datetime} does. */
    void reset(List<String> groups, Instant time) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (String group : groups) {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                var offsets = admin.listOffsets(committed.keySet().stream()
                                .collect(toMap(
                                        partition -> partition,
                                        partition -> OffsetSpec.forTimestamp(time.toEpochMilli()))))
                        .all()
                        .get();
                Map<TopicPartition, OffsetAndMetadata> earlier = offsets.entrySet().stream()
                        .filter(found -> found.getValue().offset() >= 0)
                        .collect(toMap(
                                Map.Entry::getKey,
                                found -> new OffsetAndMetadata(found.getValue().offset())));
                // A group is empty when its members have left it, or were silent for ten seconds.
                await().atMost(TestTimeouts.TIMEOUT)
                        .ignoreExceptionsInstanceOf(ExecutionException.class)
                        .until(() -> {
                            admin.alterConsumerGroupOffsets(group, earlier)
                                    .all()
                                    .get();
                            return true;
                        });
            }
        }
    }

    /** Returns the keys of the records of a topic since that time. */
    List<String> keysSince(String topic, Instant time) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, TIMEOUT).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
            List<String> keys = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> found : consumer.poll(TIMEOUT)) {
                    if (found.timestamp() >= time.toEpochMilli()) {
                        keys.add(found.key());
                    }
                }
            }
            return keys;
        }
    }
}
