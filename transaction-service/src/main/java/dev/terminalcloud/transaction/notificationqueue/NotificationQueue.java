package dev.terminalcloud.transaction.notificationqueue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The notifications that wait for their first or next attempt. They are rows in the database, inserted in the database transaction that
 * learns what happened, so none is lost in a crash, and any replica can take them.
 */
@ApplicationScoped
public class NotificationQueue {
    /**
     * Before the new states are stored: what they end, for registers that want to know. The locks make a replica that applies the same event
     * at the same time see that it has been applied.
     */
    private static final String ADD_ENDED_PAIRINGS =
            """
            with state as (
                select * from json_to_recordset(cast(cast(:states as text) as json)) as state(
                    vendor text, register text, version bigint, device text, paired boolean)
            ), ended as (
                select p.*, state.paired, state.device as new_device_id
                from state join pairing p on p.vendor_name = state.vendor and p.register_id = state.register
                where p.version < state.version and p.callback_url is not null and p.token_hash is not null
                  and (not state.paired and p.device_id is not null or p.device_id <> state.device)
                order by p.vendor_name, p.register_id
                for update of p
            )
            insert into notification (id, type, vendor_name, register_id, business_name, device_id, previous_device_id,
                callback_url, token_hash)
            select gen_random_uuid(), case when paired then 'register.moved' else 'register.unpaired' end,
                vendor_name, register_id, business_name, case when paired then new_device_id else device_id end,
                case when paired then device_id end, callback_url, token_hash
            from ended
            """;

    /** Of the newest pairing of each device, while no replica works on it. */
    private static final String WATCHED =
            """
            from pairing p join paired_device d on d.device_id = p.device_id and d.newest_pairing_number = p.pairing_number
            where p.callback_url is not null and p.token_hash is not null
            """;

    private static final String INSERT_NOTIFIED =
            """
            insert into notification (id, type, vendor_name, register_id, business_name, device_id, callback_url, token_hash)
            select gen_random_uuid(), '%s', vendor_name, register_id, business_name, device_id, callback_url, token_hash from notified
            """;

    /**
     * Sessions of a connector that has restarted are not ended at once: a device that has one of those, or of a connector whose heartbeat has
     * timed out a moment ago, is not offline yet.
     */
    private static final String ADD_OFFLINE =
            """
            with offline as (
                select p.vendor_name, p.register_id
                %s
                  and p.offline_notified_at is null and p.paired_at <= now() - $1::bigint * interval '1 millisecond'
                  and not exists (
                    select from device_session s left join connector c
                        on c.connector_index = s.connector_index and c.epoch = s.connector_epoch
                    where s.device_id = p.device_id and s.ended_at is null and (c.suspended_at is null
                        or c.suspended_at > now() - $1::bigint * interval '1 millisecond'))
                  and not exists (
                    select from device_session s
                    where s.device_id = p.device_id and s.ended_at > now() - $1::bigint * interval '1 millisecond')
                order by p.vendor_name, p.register_id limit 500 for update of p skip locked
            ), notified as (
                update pairing p set offline_notified_at = now() from offline o
                where p.vendor_name = o.vendor_name and p.register_id = o.register_id
                returning p.*
            )
            """
                            .formatted(WATCHED)
                    + INSERT_NOTIFIED.formatted("device.offline");

    private static final String ADD_ONLINE =
            """
            with online as (
                select p.vendor_name, p.register_id
                %s
                  and p.offline_notified_at is not null
                  and exists (select from open_session o where o.device_id = p.device_id)
                order by p.vendor_name, p.register_id limit 500 for update of p skip locked
            ), notified as (
                update pairing p set offline_notified_at = null from online o
                where p.vendor_name = o.vendor_name and p.register_id = o.register_id
                returning p.*
            )
            """
                            .formatted(WATCHED)
                    + INSERT_NOTIFIED.formatted("device.online");

    /** Takes the due notifications for longer than an attempt can last: if this replica dies, another one takes over. */
    private static final String TAKE_DUE =
            """
            update notification set attempts = attempts + 1, next_attempt_at = now() + interval '30 seconds'
            where id in (
                select id from notification where next_attempt_at <= now()
                order by next_attempt_at limit $1 for update skip locked)
            returning *
            """;

    private static final String RESCHEDULE =
            "update notification set next_attempt_at = now() + $2::bigint * interval '1 second' where id = $1";

    private static final String REMOVE = "delete from notification where id = $1";

    private final Pool pool;

    NotificationQueue(Pool pool) {
        this.pool = pool;
    }

    /**
     * Adds notifications about pairings that end, in the database transaction that stores their new states, and before it
     * does.
     *
     * @param states one state of each register, as a JSON array
     */
    public Uni<Void> addEndedPairings(Mutiny.Session session, String states) {
        return session.createNativeQuery(ADD_ENDED_PAIRINGS)
                .setParameter("states", states)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Adds notifications about devices that have been offline for so long, or are online again. Returns how many. */
    public Uni<Integer> addPresenceChanges(Duration offlineAfter) {
        return pool.preparedQuery(ADD_OFFLINE)
                .execute(Tuple.of(offlineAfter.toMillis()))
                .map(rows -> rows.rowCount())
                .chain(offline -> pool.preparedQuery(ADD_ONLINE).execute().map(rows -> offline + rows.rowCount()));
    }

    /** Takes due notifications, those first that have been due for longest. Another replica gets them if no attempt ends within 30 seconds. */
    public Uni<List<PendingNotification>> takeDue(int limit) {
        return pool.preparedQuery(TAKE_DUE)
                .mapping(NotificationQueue::pending)
                .execute(Tuple.of(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
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
                row.getInteger("attempts"));
    }
}
