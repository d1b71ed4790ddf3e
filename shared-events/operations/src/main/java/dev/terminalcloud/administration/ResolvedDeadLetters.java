package dev.terminalcloud.administration;

import dev.terminalcloud.inbox.DeadLetter.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table of resolved dead letters. Kafka keeps their records until the retention time is over. */
@ApplicationScoped
class ResolvedDeadLetters {
    private static final String POSITIONS =
            "select topic || '/' || partition || '/' || record_offset as place from resolved_dead_letter";

    private static final String RESOLVE =
            """
            insert into resolved_dead_letter (topic, partition, record_offset, action)
            values (:topic, :partition, :offset, :action) on conflict do nothing
            """;

    private static final String ACTION =
            """
            select action from resolved_dead_letter
            where topic = :topic and partition = :partition and record_offset = :offset
            """;

    private static final String DELETE_EXPIRED =
            """
            delete from resolved_dead_letter where (topic, partition, record_offset) in (
                select topic, partition, record_offset from resolved_dead_letter
                where resolved_at < now() - make_interval(secs => $1)
                limit $2 for update skip locked)
            """;

    private final Pool pool;

    ResolvedDeadLetters(Pool pool) {
        this.pool = pool;
    }

    /** Returns the positions in the form of {@link Position#toString()}. */
    Uni<Set<String>> positions() {
        return pool.query(POSITIONS).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString("place"))
                .collect(Collectors.toSet()));
    }

    /** Resolves the dead letter. Returns null if this resolved it, or the action that had resolved it before. */
    Uni<AuditAction> resolve(Mutiny.Session session, Position place, AuditAction action) {
        return session.createNativeQuery(RESOLVE)
                .setParameter("topic", place.topic())
                .setParameter("partition", place.partition())
                .setParameter("offset", place.offset())
                .setParameter("action", action.name())
                .executeUpdate()
                .chain(resolved -> resolved == 1 ? Uni.createFrom().nullItem() : actionOf(session, place));
    }

    /** Deletes resolutions that are older than the retention; returns their number, which is at most the limit. */
    Uni<Integer> deleteExpired(Duration retention, int limit) {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) retention.toSeconds(), limit))
                .map(rows -> rows.rowCount());
    }

    private static Uni<AuditAction> actionOf(Mutiny.Session session, Position place) {
        return session.createNativeQuery(ACTION, String.class)
                .setParameter("topic", place.topic())
                .setParameter("partition", place.partition())
                .setParameter("offset", place.offset())
                .getSingleResult()
                .map(AuditAction::valueOf);
    }
}
