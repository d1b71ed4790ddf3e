package dev.terminalcloud.benchmark.stack;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reader of the counters of a running stack. Not thread-safe. */
public final class StackCounters implements AutoCloseable {
    private static final String DATABASE =
            """
            select xact_commit, tup_inserted + tup_updated + tup_deleted, (select wal_bytes::bigint from pg_stat_wal)
            from pg_stat_database where datname = current_database()
            """;

    private final MeasuredStack stack;
    private final KafkaRecords kafka;
    private final Connection database;

    private StackCounters(MeasuredStack stack, KafkaRecords kafka, Connection database) {
        this.stack = stack;
        this.kafka = kafka;
        this.database = database;
    }

    public static StackCounters open(MeasuredStack stack) throws IOException, SQLException {
        Connection database = DriverManager.getConnection(stack.jdbcUrl());
        return new StackCounters(stack, new KafkaRecords(stack.kafkaAddress()), database);
    }

    /** Returns the processor time of all parts of the stack. */
    public ProcessorUse processors() throws IOException {
        return processors(Map.copyOf(stack.parts()));
    }

    /** Returns the processor time of Kafka and PostgreSQL, and of another part that uses them. */
    public ProcessorUse processors(String name, ProcessHandle other) throws IOException {
        Map<String, List<ProcessHandle>> parts = new TreeMap<>(stack.parts());
        parts.keySet().retainAll(List.of(MeasuredStack.KAFKA, MeasuredStack.POSTGRES));
        parts.put(name, List.of(other));
        return processors(parts);
    }

    /**
     * Returns what has been written. PostgreSQL's sessions publish their numbers when they are idle, but at most once a second: call it
     * more than a second after the load.
     */
    public StoreUse stores() throws IOException, SQLException, InterruptedException {
        Map<String, Long> records = kafka.byTopic();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(DATABASE)) {
            row.next();
            return new StoreUse(System.nanoTime(), records, row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    private static ProcessorUse processors(Map<String, List<ProcessHandle>> parts) throws IOException {
        Map<String, Long> millis = new TreeMap<>();
        for (Map.Entry<String, List<ProcessHandle>> part : parts.entrySet()) {
            long sum = 0;
            for (ProcessHandle process : part.getValue()) {
                sum += ProcessorTime.millis(process.pid());
            }
            millis.put(part.getKey(), sum);
        }
        return new ProcessorUse(System.nanoTime(), millis);
    }

    @Override
    public void close() throws SQLException {
        kafka.close();
        database.close();
    }
}
