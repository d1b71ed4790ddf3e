package dev.terminalcloud.transaction.notificationqueue;

import dev.terminalcloud.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * The notifications that wait for their first or next attempt. They are rows in the database, inserted in the database transaction that
 * learns what happened, so none is lost in a crash, and any replica can take them.
 */
@ApplicationScoped
public class NotificationQueue {
    private static final String INSERT =
            """
            insert into notification (id, type, vendor_name, register_id, business_name, device_id, previous_device_id,
                callback_url, token_hash)
            select gen_random_uuid(), type, vendor_name, register_id, business_name, device_id, previous_device_id,
                callback_url, token_hash
            from %s
            """;

    /** Takes the due notifications for longer than an attempt can last: if this replica dies, another one takes over. */
    private static final String TAKE_DUE =
            """
            update notification set attempts = attempts + 1, next_attempt_at = now() + interval '30 seconds'
            where id in (
                select id from notification where next_attempt_at <= now()
                order by next_attempt_at limit $1 for update skip locked)
            returning id, type, vendor_name, register_id, business_name, device_id, previous_device_id, callback_url, token_hash,
                occurred_at, attempts, clock_timestamp() as taken_at
            """;

    private static final String RESCHEDULE =
            "update notification set next_attempt_at = now() + $2::bigint * interval '1 second' where id = $1";

    private static final String REMOVE = "delete from notification where id = $1";

    private final Pool pool;

    NotificationQueue(Pool pool) {
        this.pool = pool;
    }

    /**
     * Returns the end of the SQL statement of another table, which adds a notification for each of the rows of the given common table
     * expression. So what has happened is stored with its notifications, or not at all.
     *
     * @param rows with the columns {@code type}, {@code vendor_name}, {@code register_id}, {@code business_name}, {@code device_id}, {@code
     *     previous_device_id}, {@code callback_url} and {@code token_hash}
     */
    public static String insertFrom(String rows) {
        return INSERT.formatted(rows);
    }

    /** Takes due notifications, those first that have been due for longest. Another replica gets them if no attempt ends within 30 seconds. */
    public Uni<List<PendingNotification>> takeDue(int limit) {
        return pool.preparedQuery(TAKE_DUE)
                .mapping(NotificationQueue::pending)
                .execute(Tuple.of(limit))
                .map(Rows::list);
    }

    /** Puts a notification back after a failed attempt. */
    public Uni<Void> reschedule(PendingNotification notification, Duration wait) {
        return pool.preparedQuery(RESCHEDULE)
                .execute(Tuple.of(notification.id(), wait.toSeconds()))
                .replaceWithVoid();
    }

    /** Removes a notification that needs no further attempt, and with it the URL and the key. */
    public Uni<Void> remove(PendingNotification notification) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(notification.id())).replaceWithVoid();
    }

    private static PendingNotification pending(Row row) {
        return new PendingNotification(
                row.getUUID("id"),
                row.getString("type"),
                row.getString("vendor_name"),
                row.getString("register_id"),
                row.getString("business_name"),
                row.getString("device_id"),
                row.getString("previous_device_id"),
                row.getString("callback_url"),
                row.getString("token_hash"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getInteger("attempts"),
                row.getOffsetDateTime("taken_at").toInstant());
    }
}
