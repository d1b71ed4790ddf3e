package dev.terminalcloud.outbox;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.VersionedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * An open database transaction with the events that it will publish. It belongs to one {@link Outbox#inTransaction} call
 * and must not be used after it.
 */
public final class WriteTransaction {
    /** Runs after all other statements, so that the rows which the transaction has locked determine the order of the positions. */
    private static final String INSERT =
            """
            insert into outbox (id, aggregatetype, aggregateid, partition, type, version, payload)
            select r.id, r.aggregatetype, r.aggregateid, r.partition, r.type, r.version, r.payload
            from rows from (json_to_recordset(cast(cast(:rows as text) as json))
                as (id uuid, aggregatetype text, aggregateid text, partition integer, type text, version bigint, payload text))
                with ordinality as r(id, aggregatetype, aggregateid, partition, type, version, payload, number)
            order by r.number
            """;

    private final Mutiny.Session session;
    private final JsonArray appended = new JsonArray();

    WriteTransaction(Mutiny.Session session) {
        this.session = session;
    }

    /** Returns the session whose changes the transaction commits. */
    public Mutiny.Session session() {
        return session;
    }

    /** Publishes the event after the commit; its key decides the partition. */
    public void append(Topic topic, Event event) {
        append(topic, null, event);
    }

    /** Publishes the event after the commit to the given partition. */
    public void append(Topic topic, int partition, Event event) {
        append(topic, Integer.valueOf(partition), event);
    }

    boolean hasEvents() {
        return !appended.isEmpty();
    }

    Uni<Void> flushEvents() {
        if (appended.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.flush()
                .chain(() -> session.createNativeQuery(INSERT)
                        .setParameter("rows", appended.encode())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private void append(Topic topic, Integer partition, Event event) {
        if (!topic.family().isInstance(event)) {
            throw new IllegalArgumentException(
                    EventCodec.typeOf(event) + " must not be published to " + topic.topicName());
        }
        appended.add(new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("aggregatetype", topic.topicName())
                .put("aggregateid", event.key())
                .put("partition", partition)
                .put("type", EventCodec.typeOf(event))
                .put("version", event instanceof VersionedEvent versioned ? versioned.version() : null)
                .put("payload", EventCodec.encode(event)));
    }
}
