package dev.terminalcloud.outbox;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.VersionedEvent;
import dev.terminalcloud.outbox.OutboxTable.InsertedRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * An open database transaction with the events that it will publish. It belongs to one {@link Outbox#inTransaction} call
 * and must not be used after it.
 */
public final class WriteTransaction {
    /** An event that has no row yet. */
    private record Appended(
            UUID id,
            String topic,
            String key,
            Integer partition,
            String type,
            Long version,
            String payload,
            String traceparent) {
        JsonObject toJson() {
            JsonObject row = new JsonObject()
                    .put("id", id.toString())
                    .put("aggregatetype", topic)
                    .put("aggregateid", key)
                    .put("partition", partition)
                    .put("type", type)
                    .put("version", version)
                    .put("payload", payload);
            return traceparent == null ? row : row.put("traceparent", traceparent);
        }

        OutboxRow toRow(long position, Instant createdAt) {
            return new OutboxRow(position, id, topic, key, partition, type, version, payload, createdAt, traceparent);
        }
    }

    /** The rows of one statement. */
    private record Batch<R>(BatchStatement<R> statement, List<R> rows) {
        Uni<Void> execute(Mutiny.Session session) {
            return statement.execute(session, rows);
        }
    }

    private final Mutiny.Session session;
    private final Map<BatchStatement<?>, Batch<?>> batches = new LinkedHashMap<>();
    private final Map<UUID, Appended> appended = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final TraceContexts traces = new TraceContexts();
    private List<OutboxRow> inserted = List.of();

    WriteTransaction(Mutiny.Session session) {
        this.session = session;
    }

    /** Returns the session whose changes the transaction commits. */
    public Mutiny.Session session() {
        return session;
    }

    /**
     * Lets the events about this transaction of a register, appended from now on, continue its trace.
     *
     * @param traceparent where its trace began; null if it is not traced
     */
    public void continueTrace(UUID transactionId, String traceparent) {
        traces.continueFrom(transactionId, traceparent);
    }

    /**
     * Lets the events about this transaction of a register, appended from now on, continue the trace of a received event.
     *
     * @param traceparent where the transaction's trace began, for an event that has lost it; null if it is not traced
     */
    public void continueTrace(UUID transactionId, Event received, String traceparent) {
        traces.continueFrom(transactionId, traces.of(received, traceparent));
    }

    /** Lets all events that are about no transaction of a register, appended from now on, continue this trace; null continues none. */
    public void continueTrace(String traceparent) {
        traces.continueFrom(traceparent);
    }

    /** Lets all events that are about no transaction of a register, appended from now on, continue the trace of a received event. */
    public void continueTrace(Event received) {
        traces.continueFrom(traces.of(received, null));
    }

    /** Notes the step that processes a received event, for {@link #continueTrace(UUID, Event, String)}. */
    public void received(Event event, String traceparent) {
        traces.received(event, traceparent);
    }

    /**
     * Lets the statement write the row when the work has ended, before the events are stored, together with all other rows for the same
     * statement. Statements run in the order of their first rows.
     */
    public <R> void addBatch(BatchStatement<R> statement, R row) {
        @SuppressWarnings("unchecked") // The rows of a statement are added here alone.
        Batch<R> batch =
                (Batch<R>) batches.computeIfAbsent(statement, first -> new Batch<>(statement, new ArrayList<>()));
        batch.rows().add(row);
    }

    /** Publishes the event after the commit; its key decides the partition. */
    public void append(Topic topic, Event event) {
        append(topic, null, event);
    }

    /** Publishes the event after the commit to the given partition. */
    public void append(Topic topic, int partition, Event event) {
        append(topic, Integer.valueOf(partition), event);
    }

    /** Runs the action when the transaction has committed, before its events are published; the action must not fail. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Writes what was collected. */
    Uni<Void> flush() {
        Uni<Void> written = Uni.createFrom().voidItem();
        for (Batch<?> batch : batches.values()) {
            written = written.chain(() -> batch.execute(session));
        }
        return written.chain(this::insertEvents).invoke(rows -> inserted = rows).replaceWithVoid();
    }

    /** Ends the committed transaction. Returns the rows of the appended events in their order. */
    List<OutboxRow> committed() {
        afterCommit.forEach(Runnable::run);
        return inserted;
    }

    private Uni<List<OutboxRow>> insertEvents() {
        if (appended.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        JsonArray rows = new JsonArray();
        appended.values().forEach(event -> rows.add(event.toJson()));
        return OutboxTable.insert(session, rows).map(this::toRows);
    }

    private List<OutboxRow> toRows(List<InsertedRow> rows) {
        return rows.stream()
                .map(row -> appended.get(row.id()).toRow(row.position(), row.createdAt()))
                .sorted(Comparator.comparingLong(OutboxRow::position))
                .toList();
    }

    private void append(Topic topic, Integer partition, Event event) {
        if (!topic.family().isInstance(event)) {
            throw new IllegalArgumentException(
                    EventCodec.typeOf(event) + " must not be published to " + topic.topicName());
        }
        UUID id = UUID.randomUUID();
        appended.put(
                id,
                new Appended(
                        id,
                        topic.topicName(),
                        event.key(),
                        partition,
                        EventCodec.typeOf(event),
                        event instanceof VersionedEvent versioned ? versioned.version() : null,
                        EventCodec.encode(event),
                        traces.of(event)));
    }
}
