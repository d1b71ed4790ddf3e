package dev.terminalcloud.outbox;

import dev.terminalcloud.events.EventMetadata;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One event that waits for Kafka. */
record OutboxRow(
        long position,
        UUID id,
        String topic,
        String key,
        Integer partition,
        String type,
        Long version,
        String payload,
        Instant createdAt) {

    static OutboxRow of(Row row) {
        return new OutboxRow(
                row.getLong("position"),
                row.getUUID("id"),
                row.getString("aggregatetype"),
                row.getString("aggregateid"),
                row.getInteger("partition"),
                row.getString("type"),
                row.getLong("version"),
                row.getString("payload"),
                row.get(OffsetDateTime.class, "created_at").toInstant());
    }

    /** Rows of one lane are published in order; a lane that fails holds back no other. */
    String orderingKey() {
        return topic + "/" + (partition == null ? key : partition);
    }

    /** False if the topic, which has that many partitions, lacks the one that the row is for. */
    boolean isValidPartition(int partitions) {
        return partition == null ? partitions > 0 : partition < partitions;
    }

    boolean isForCompactedTopic() {
        return version != null;
    }

    ProducerRecord<String, String> toRecord(String source) {
        ProducerRecord<String, String> producerRecord = new ProducerRecord<>(topic, partition, key, payload);
        new EventMetadata(id, type, source, createdAt).writeTo(producerRecord.headers());
        return producerRecord;
    }
}
