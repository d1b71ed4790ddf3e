package dev.terminalcloud.outbox;

import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.tracing.Tracing;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One event that is not published yet.
 *
 * @param traceparent the step of a trace that it follows from; null without one
 */
record OutboxRow(
        long position,
        UUID id,
        String topic,
        String key,
        Integer partition,
        String type,
        Long version,
        String payload,
        Instant createdAt,
        String traceparent) {

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
                row.get(OffsetDateTime.class, "created_at").toInstant(),
                row.getString("traceparent"));
    }

    /** Rows with the same ordering key are published in order; a failure of one key does not block the others. */
    String orderingKey() {
        return topic + "/" + (partition == null ? key : partition);
    }

    /** Returns false if the topic, which has that many partitions, does not have the row's partition. */
    boolean isValidPartition(int partitions) {
        return partition == null ? partitions > 0 : partition < partitions;
    }

    boolean isForCompactedTopic() {
        return version != null;
    }

    /** Returns those of the rows that are for topics which are not compacted, in their order. */
    static List<OutboxRow> ordinary(List<OutboxRow> rows) {
        return rows.stream().filter(row -> !row.isForCompactedTopic()).toList();
    }

    /** Returns those of the rows that are for compacted topics, in their order. */
    static List<OutboxRow> compacted(List<OutboxRow> rows) {
        return rows.stream().filter(OutboxRow::isForCompactedTopic).toList();
    }

    /** @param traceparent the step that sends it; null without one */
    ProducerRecord<String, String> toRecord(String source, String traceparent) {
        ProducerRecord<String, String> producerRecord = new ProducerRecord<>(topic, partition, key, payload);
        new EventMetadata(id, type, source, createdAt).writeTo(producerRecord.headers());
        Tracing.write(traceparent, producerRecord.headers());
        return producerRecord;
    }
}
