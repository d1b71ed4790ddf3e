package dev.terminalcloud.checker.stack;

import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.workload.Pause;
import dev.terminalcloud.checker.workload.Start;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The stored state of the system, read at the end of a run directly from database and Kafka. */
public final class StoredState {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String DEAD_LETTERS = ".dlq";
    private static final String TRANSACTIONS =
            """
            select id, amount_total_cents, sale_data, phase, expires_at <= created_at as abandoned,
                delayed_at is not null as delayed, never_seen_at is not null as never_seen
            from transaction.transaction
            """;
    private static final String DATES =
            """
            select id, created_at, started_at, delayed_at, finished_at from transaction.transaction
            where expires_at > created_at
            """;
    /** A discrepancy without a transaction gets an id that no transaction has. */
    private static final String DISCREPANCIES =
            """
            select coalesce(transaction_id, '00000000-0000-0000-0000-000000000000') as transaction_id, device_id, reason
            from transaction.discrepancy
            """;

    private static final String UNPUBLISHED =
            """
            select 'transaction-service' as service, count(*) as waiting from transaction.outbox
            where created_at < now() - interval '10 seconds'
            union all select 'pairing-service', count(*) from pairing.outbox
            where created_at < now() - interval '10 seconds'
            """;

    private static final String IN_PROGRESS =
            """
            select (select count(*) from transaction.transaction where phase <> 'COMPLETED' and never_seen_at is null)
                + (select count(*) from transaction.outbox) + (select count(*) from pairing.outbox)
            """;

    private final History history;

    public StoredState(History history) {
        this.history = history;
    }

    /** Records each transaction with its times, each alert, and the events left in the outboxes, as soon as the system is idle. */
    public void readDatabase(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            awaitIdle(statement);
            read(statement, TRANSACTIONS, StoredState::stored);
            read(statement, DATES, StoredState::dated);
            read(statement, DISCREPANCIES, StoredState::discrepancy);
            read(statement, UNPUBLISHED, StoredState::unpublished);
        }
    }

    private static void awaitIdle(Statement statement) throws SQLException {
        long limit = System.nanoTime() + IDLE_TIMEOUT.toNanos();
        while (count(statement) > 0 && System.nanoTime() - limit < 0) {
            Pause.sleep(Duration.ofSeconds(1));
        }
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(IN_PROGRESS)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private interface RowReader {
        HistoryEntry read(ResultSet row) throws SQLException;
    }

    private void read(Statement statement, String query, RowReader reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                history.record(reader.read(rows));
            }
        }
    }

    private static HistoryEntry stored(ResultSet row) throws SQLException {
        return new HistoryEntry.Stored(
                row.getObject("id", UUID.class),
                Start.numberOf(row.getLong("amount_total_cents"), row.getString("sale_data")),
                row.getString("phase"),
                row.getBoolean("abandoned"),
                row.getBoolean("delayed"),
                row.getBoolean("never_seen"));
    }

    private static HistoryEntry dated(ResultSet row) throws SQLException {
        return new HistoryEntry.PhaseTimes(
                row.getObject("id", UUID.class),
                millis(row, "created_at"),
                millis(row, "started_at"),
                millis(row, "delayed_at"),
                millis(row, "finished_at"));
    }

    private static Long millis(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant().toEpochMilli();
    }

    private static HistoryEntry discrepancy(ResultSet row) throws SQLException {
        return new HistoryEntry.DiscrepancyRecorded(
                row.getObject("transaction_id", UUID.class), row.getString("device_id"), row.getString("reason"));
    }

    private static HistoryEntry unpublished(ResultSet row) throws SQLException {
        return new HistoryEntry.OutboxPending(row.getString("service"), row.getInt("waiting"));
    }

    /** Records the dead letters. */
    public void readDeadLetters(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics(TIMEOUT).entrySet().stream()
                    .filter(topic -> topic.getKey().endsWith(DEAD_LETTERS))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(TIMEOUT).forEach(record -> history.record(deadLetter(record)));
            }
        }
    }

    private static HistoryEntry deadLetter(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            headers.append(header.key())
                    .append('=')
                    .append(text(header.value()))
                    .append(' ');
        }
        return new HistoryEntry.DeadLetterFound(record.topic(), text(record.key()), headers.toString());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
