package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.transaction.notificationqueue.NotificationQueue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The pairings whose registers want to be notified. What happens to one is stored by the statement that adds the notification, so any
 * replica may find it, and it is added once. These statements write the column {@code offline_notified_at} and no other.
 */
final class WatchedPairings {
    /**
     * Before the new states are stored: what they end, for registers that want to know. The locks make a replica that applies the same event
     * at the same time see that it has been applied.
     */
    private static final String ADD_ENDED =
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
            ), notified as (
                select case when paired then 'register.moved' else 'register.unpaired' end as type,
                    vendor_name, register_id, business_name, case when paired then new_device_id else device_id end as device_id,
                    case when paired then device_id end as previous_device_id, callback_url, token_hash
                from ended
            )
            """
                    + NotificationQueue.insertFrom("notified");

    /** Of the newest pairing of each device, while no replica works on it. */
    private static final String WATCHED =
            """
            from pairing p join paired_device d on d.device_id = p.device_id and d.newest_pairing_number = p.pairing_number
            where p.callback_url is not null and p.token_hash is not null
            """;

    private static final String RETURNING =
            """
            returning '%s' as type, p.vendor_name, p.register_id, p.business_name, p.device_id,
                cast(null as text) as previous_device_id, p.callback_url, p.token_hash
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
                    select from unended_session s
                    where s.device_id = p.device_id and (s.suspended_at is null
                        or s.suspended_at > now() - $1::bigint * interval '1 millisecond'))
                  and not exists (
                    select from session_end s
                    where s.device_id = p.device_id and s.ended_at > now() - $1::bigint * interval '1 millisecond')
                order by p.vendor_name, p.register_id limit 500 for update of p skip locked
            ), notified as (
                update pairing p set offline_notified_at = now() from offline o
                where p.vendor_name = o.vendor_name and p.register_id = o.register_id
                %s
            )
            """
                            .formatted(WATCHED, RETURNING.formatted("device.offline"))
                    + NotificationQueue.insertFrom("notified");

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
                %s
            )
            """
                            .formatted(WATCHED, RETURNING.formatted("device.online"))
                    + NotificationQueue.insertFrom("notified");

    private WatchedPairings() {}

    /**
     * Adds notifications about pairings that end, in the database transaction that stores their new states, and before it
     * does.
     *
     * @param states one state of each register, as a JSON array
     */
    static Uni<Void> addEnded(Mutiny.Session session, String states) {
        return session.createNativeQuery(ADD_ENDED)
                .setParameter("states", states)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Adds notifications as {@link PairingTable#addPresenceChanges} says. */
    static Uni<Integer> addPresenceChanges(Pool pool, Duration offlineAfter) {
        return pool.preparedQuery(ADD_OFFLINE)
                .execute(Tuple.of(offlineAfter.toMillis()))
                .map(rows -> rows.rowCount())
                .chain(offline -> pool.preparedQuery(ADD_ONLINE).execute().map(rows -> offline + rows.rowCount()));
    }
}
