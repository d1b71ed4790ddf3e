package dev.terminalcloud.administration;

import dev.terminalcloud.inbox.DeadLetter;
import dev.terminalcloud.inbox.DeadLetter.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table of resolved dead letters. Kafka keeps their records until the retention time is over.
 *
 * <p>A Kafka that has lost its data gives out their positions again. So a record that is younger than the resolution of its position is
 * another one; the clock that dated it may be wrong by an hour.
 */
@ApplicationScoped
class ResolvedDeadLetters {
    private static final Duration MAX_CLOCK_ERROR = Duration.ofHours(1);

    private static final String POSITIONS =
            "select topic || '/' || partition || '/' || record_offset as place, resolved_at from resolved_dead_letter";

    private static final String RESOLVE =
            """
            insert into resolved_dead_letter (topic, partition, record_offset, action)
            values (:topic, :partition, :offset, :action)
            on conflict (topic, partition, record_offset) do update set action = excluded.action, resolved_at = now()
            where resolved_dead_letter.resolved_at < :reused
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

    /** Returns whether a dead letter is resolved, as of now. */
    Uni<Predicate<DeadLetter>> resolved() {
        return pool.query(POSITIONS).execute().map(rows -> {
            Map<String, Instant> resolvedAt = StreamSupport.stream(rows.spliterator(), false)
                    .collect(Collectors.toMap(row -> row.getString("place"), row -> row.getOffsetDateTime("resolved_at")
                            .toInstant()));
            return letter -> {
                Instant at = resolvedAt.get(letter.place().toString());
                return at != null && !at.isBefore(reused(letter));
            };
        });
    }

    /** Resolves the dead letter. Returns null if this resolved it, or the action that had resolved it before. */
    Uni<AuditAction> resolve(Mutiny.Session session, DeadLetter letter, AuditAction action) {
        Position place = letter.place();
        return session.createNativeQuery(RESOLVE)
                .setParameter("topic", place.topic())
                .setParameter("partition", place.partition())
                .setParameter("offset", place.offset())
                .setParameter("action", action.name())
                .setParameter("reused", reused(letter))
                .executeUpdate()
                .chain(resolved -> resolved == 1 ? Uni.createFrom().nullItem() : actionOf(session, place));
    }

    /** Deletes resolutions that are older than the retention; returns their number, which is at most the limit. */
    Uni<Integer> deleteExpired(Duration retention, int limit) {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) retention.toSeconds(), limit))
                .map(rows -> rows.rowCount());
    }

    /** Returns the time of resolutions before which the position had another record. */
    private static Instant reused(DeadLetter letter) {
        return letter.at().minus(MAX_CLOCK_ERROR);
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
