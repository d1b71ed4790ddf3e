package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The consumer lag of services on events of devices. Services commit once a second, so the lag is up to a second old. */
final class ConsumerLag implements AutoCloseable {
    private static final String TOPIC = "device-events";

    private final Admin admin;

    ConsumerLag(String kafka) {
        admin = Admin.create(Map.of("bootstrap.servers", kafka));
    }

    /** Returns the number of events that the service has not committed. */
    long of(String group) throws IOException, InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> partitions = read.keySet().stream()
                    .filter(partition -> partition.topic().equals(TOPIC))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(partitions).all().get();
            return ends.entrySet().stream()
                    .mapToLong(end ->
                            end.getValue().offset() - read.get(end.getKey()).offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IOException("Unknown lag of " + group, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
