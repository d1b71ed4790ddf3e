package dev.terminalcloud.benchmark.stack;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** The number of records that were ever written to each topic, by its end offsets; the committed offsets are not counted. */
final class KafkaRecords implements AutoCloseable {
    private final Admin admin;

    KafkaRecords(String kafka) {
        admin = Admin.create(Map.of("bootstrap.servers", kafka));
    }

    Map<String, Long> byTopic() throws IOException, InterruptedException {
        try {
            Set<String> topics = admin.listTopics().names().get();
            Map<String, TopicDescription> descriptions =
                    admin.describeTopics(topics).allTopicNames().get();
            Map<TopicPartition, OffsetSpec> partitions = descriptions.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(partitions).all().get();
            Map<String, Long> records = new TreeMap<>();
            ends.forEach((partition, end) -> records.merge(partition.topic(), end.offset(), Long::sum));
            return records;
        } catch (ExecutionException e) {
            throw new IOException("Failed to read the end offsets of Kafka", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
