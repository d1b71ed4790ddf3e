package dev.terminalcloud.routes;

import dev.terminalcloud.database.SessionSql;
import dev.terminalcloud.events.DeviceStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table {@code device_session}: the sessions of devices. No other class writes it. Methods with a session belong to its transaction.
 *
 * <p>Which sessions count is the view {@code open_session}; {@code unended_session} has those whose connector is timed out too, and {@code
 * session_end} when sessions ended. Statements of the services join these views.
 */
@ApplicationScoped
class DeviceSessionTable {
    /** A separate statement after the lock: its snapshot must include what the previous holder of the lock wrote. */
    private static final String CURRENT =
            """
            select distinct on (device_id) device_id, session_id, connector_index from open_session
            where device_id = any (cast($1 as text[]))
            order by device_id, opened desc
            """;

    /**
     * Opens nothing if the epoch of any connector is new. A session of a previous epoch is stored as ended, so that a repeated event can't
     * open it later. All parts see the table as it was before: so the other sessions are those that were open then.
     */
    private static final String OPEN =
            """
            with hello as materialized (
                select r.*, %s as known
                from rows from (json_to_recordset(cast(cast(:sessions as text) as json)) as (session uuid, device text,
                    connector integer, epoch bigint, model text, firmware text, status text))
                    with ordinality as r(session, device, connector, epoch, model, firmware, status, number)
            ), unlearned as (
                select from hello where known is null or known < epoch
            ), opened as (
                insert into device_session
                    (session_id, device_id, connector_index, connector_epoch, ended_at, model, firmware, status)
                select session, device, connector, epoch, case when known > epoch then now() end, model, firmware, status
                from hello where not exists (select from unlearned)
                order by number
                on conflict (session_id) do nothing
                returning session_id, device_id, ended_at
            )
            select false as is_unlearned, o.session_id, other.session_id as other_session, other.connector_index
            from opened o left join device_session other on other.device_id = o.device_id and other.ended_at is null
            where o.ended_at is null
            union all
            select true, null, null, null where exists (select from unlearned)
            """
                    .formatted(ConnectorTable.knownEpoch("r.connector"));

    private static final String END =
            """
            insert into device_session (session_id, device_id, connector_index, connector_epoch, ended_at)
            select r.session, r.device, -1, -1, now()
            from json_to_recordset(cast(cast(:sessions as text) as json)) as r(session uuid, device text)
            on conflict (session_id) do update set ended_at = excluded.ended_at where device_session.ended_at is null
            """;

    private static final String END_OF_PREVIOUS_EPOCHS =
            """
            update device_session set ended_at = now()
            where connector_index = $1 and connector_epoch < $2 and ended_at is null
            """;

    /** The newest session of a device stays: it shows when the device was last seen. */
    private static final String DELETE_ENDED =
            """
            delete from device_session s
            where s.ended_at < now() - interval '8 days' and exists (
                select from device_session later
                where later.device_id = s.device_id and (later.ended_at is null or later.ended_at > s.ended_at))
            """;

    /**
     * Each part reads one row by an index, however many sessions the device has had. A session that was only ended has no connector, and
     * tells nothing.
     */
    private static final String LATEST =
            """
            select * from (
                (select true as current, s.opened_at as since, s.model, s.firmware, s.status
                from open_session o join device_session s on s.session_id = o.session_id
                where o.device_id = $1 order by o.opened desc limit 1)
                union all
                (select false, coalesce(s.suspended_at, s.opened_at), s.model, s.firmware, s.status
                from unended_session s
                where s.device_id = $1 order by s.opened desc limit 1)
                union all
                (select false, s.ended_at, s.model, s.firmware, s.status from device_session s
                where s.device_id = $1 and s.ended_at is not null and s.connector_index >= 0
                order by s.ended_at desc limit 1)
            ) as latest
            order by current desc, since desc limit 1
            """;

    private static final String UPDATE_STATUS =
            """
            update device_session s set status = r.status
            from json_to_recordset(cast(cast(:changes as text) as json)) as r(session uuid, device text, status text)
            where s.session_id = r.session and s.device_id = r.device
            """;

    /** The current session of a device. */
    record CurrentSession(String deviceId, DeviceRoute route) {
        private static CurrentSession of(Object[] row) {
            return new CurrentSession((String) row[0], routeOf(row[1], row[2]));
        }
    }

    /**
     * A session that was opened, or the answer that none was.
     *
     * @param isUnlearned true if the epoch of a connector is new, so that no session was opened; then the rest is null
     * @param other another open session of its device; null without one
     */
    record OpenedSession(boolean isUnlearned, UUID sessionId, DeviceRoute other) {
        private static OpenedSession of(Object[] row) {
            return new OpenedSession((Boolean) row[0], (UUID) row[1], row[2] == null ? null : routeOf(row[2], row[3]));
        }
    }

    private final Pool pool;

    DeviceSessionTable(Pool pool) {
        this.pool = pool;
    }

    /** Returns the current session of each device that has one. */
    static Uni<List<CurrentSession>> current(Mutiny.Session session, String[] devices) {
        return SessionSql.rows(session, CURRENT, (Object) devices)
                .map(rows -> rows.stream().map(CurrentSession::of).toList());
    }

    /**
     * Opens the sessions, or none if the epoch of any connector is new.
     *
     * @param sessions a JSON array
     * @return one for each opened session and each other open session of its device; or one that is unlearned
     */
    static Uni<List<OpenedSession>> open(Mutiny.Session session, String sessions) {
        return session.createNativeQuery(OPEN, Object[].class)
                .setParameter("sessions", sessions)
                .getResultList()
                .map(rows -> rows.stream().map(OpenedSession::of).toList());
    }

    /** Ends the sessions, also those that are not known yet. */
    static Uni<Void> end(Mutiny.Session session, String sessions) {
        return session.createNativeQuery(END)
                .setParameter("sessions", sessions)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Stores the status that devices have reported, no session twice. A session that is not known stays so. */
    static Uni<Void> updateStatus(Mutiny.Session session, String changes) {
        return session.createNativeQuery(UPDATE_STATUS)
                .setParameter("changes", changes)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Returns the session that tells most about the device; absent if it has never connected. */
    Uni<Optional<LatestSession>> latest(String deviceId) {
        return pool.preparedQuery(LATEST)
                .mapping(DeviceSessionTable::latest)
                .execute(Tuple.of(deviceId))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next()));
    }

    private static LatestSession latest(Row row) {
        String status = row.getString("status");
        return new LatestSession(
                row.getBoolean("current"),
                row.getOffsetDateTime("since").toInstant(),
                row.getString("model"),
                row.getString("firmware"),
                status == null ? null : DeviceStatus.valueOf(status));
    }

    /** Ends the sessions of previous epochs: a connector loses its sessions when it restarts. */
    Uni<Integer> endOfPreviousEpochs(int connectorIndex, long epoch) {
        return pool.preparedQuery(END_OF_PREVIOUS_EPOCHS)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount());
    }

    /** Deletes sessions that ended before the oldest records that {@code device-events} may still contain, but the newest of each device. */
    Uni<Integer> deleteEnded() {
        return pool.preparedQuery(DELETE_ENDED).execute().map(rows -> rows.rowCount());
    }

    private static DeviceRoute routeOf(Object sessionId, Object connectorIndex) {
        return new DeviceRoute((UUID) sessionId, ((Number) connectorIndex).intValue());
    }
}
