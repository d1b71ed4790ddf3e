package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Where each device is connected, as far as this service has been told.
 *
 * <p>A device has a set of open sessions: a goodbye removes only its own, and the newest of the rest is the current one,
 * so a late goodbye can't hide a new connection. A session that has ended never opens again, so an event applied twice
 * changes nothing. Sessions of a silent connector do not count until its next heartbeat.
 *
 * <p>Whoever decides with a route locks the device first, in the transaction of the decision.
 */
@ApplicationScoped
public class DeviceRoutes {
    private static final String ADD_MISSING =
            "insert into device_route (device_id) select unnest(cast(:devices as text[])) on conflict do nothing";

    private static final String LOCK =
            """
            select device_id from device_route
            where device_id = any (cast(:devices as text[])) order by device_id for update
            """;

    /** A statement of its own after the lock: its snapshot must show what the former holder of the lock wrote. */
    private static final String CURRENT =
            """
            select distinct on (s.device_id) s.device_id, s.session_id, s.connector_index
            from device_session s join connector c
                on c.connector_index = s.connector_index and c.epoch = s.connector_epoch and c.suspended_at is null
            where s.device_id = any (cast(:devices as text[])) and s.ended_at is null
            order by s.device_id, s.opened desc
            """;

    private static final String ADD_CONNECTOR =
            "insert into connector (connector_index, epoch) values (:index, :epoch) on conflict do nothing";

    /** Locks the connector's row only if there is something to change: many devices connect at the same time. */
    private static final String LEARN_EPOCH =
            "update connector set epoch = :epoch, suspended_at = null where connector_index = :index and epoch < :epoch";

    /** A session of an epoch that is over is kept as ended, so that it can't be taken for a new one later. */
    private static final String OPEN =
            """
            insert into device_session (session_id, device_id, connector_index, connector_epoch, ended_at)
            select :session, :device, :index, :epoch, case when c.epoch > :epoch then now() end
            from connector c where c.connector_index = :index
            on conflict (session_id) do nothing
            returning ended_at is null as open
            """;

    private static final String END =
            """
            insert into device_session (session_id, device_id, connector_index, connector_epoch, ended_at)
            values (:session, :device, -1, -1, now())
            on conflict (session_id) do update set ended_at = excluded.ended_at where device_session.ended_at is null
            """;

    private static final String OLDER_SESSIONS =
            """
            select s.session_id, s.connector_index from device_session s
            where s.device_id = :device and s.ended_at is null and s.session_id <> :session
            """;

    /** Locks the device and tells its current session. The lock lasts until the end of the transaction. */
    public Uni<Optional<Route>> lock(Mutiny.Session session, String deviceId) {
        return lockAll(session, List.of(deviceId)).map(routes -> Optional.ofNullable(routes.get(deviceId)));
    }

    /** Locks the devices, in one order for all callers, and tells the current session of each that has one. */
    public Uni<Map<String, Route>> lockAll(Mutiny.Session session, Collection<String> deviceIds) {
        String[] devices = new TreeSet<>(deviceIds).toArray(String[]::new);
        return lockRows(session, devices)
                .chain(locked -> locked == devices.length
                        ? Uni.createFrom().voidItem()
                        : addMissing(session, devices)
                                .chain(() -> lockRows(session, devices))
                                .replaceWithVoid())
                .chain(() -> current(session, devices));
    }

    /**
     * Opens a session; the device must be locked.
     *
     * @return false if the session is not new or has ended already
     */
    public Uni<Boolean> connected(Mutiny.Session session, DeviceConnected event) {
        return withConnector(session, ADD_CONNECTOR, event)
                .chain(() -> withConnector(session, LEARN_EPOCH, event))
                .chain(() -> session.createNativeQuery(OPEN, Boolean.class)
                        .setParameter("session", event.sessionId())
                        .setParameter("device", event.deviceId())
                        .setParameter("index", event.connectorIndex())
                        .setParameter("epoch", event.connectorEpoch())
                        .getSingleResultOrNull())
                .map(Boolean.TRUE::equals);
    }

    /** Ends a session, also one that is not known yet; the device must be locked. */
    public Uni<Void> disconnected(Mutiny.Session session, DeviceDisconnected event) {
        return session.createNativeQuery(END)
                .setParameter("session", event.sessionId())
                .setParameter("device", event.deviceId())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The device's open sessions other than the given one; the device must be locked. */
    public Uni<List<Route>> otherSessions(Mutiny.Session session, String deviceId, UUID sessionId) {
        return session.createNativeQuery(OLDER_SESSIONS, Object[].class)
                .setParameter("device", deviceId)
                .setParameter("session", sessionId)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Route((UUID) row[0], ((Number) row[1]).intValue()))
                        .toList());
    }

    private static Uni<Integer> withConnector(Mutiny.Session session, String statement, DeviceConnected event) {
        return session.createNativeQuery(statement)
                .setParameter("index", event.connectorIndex())
                .setParameter("epoch", event.connectorEpoch())
                .executeUpdate();
    }

    private static Uni<Integer> addMissing(Mutiny.Session session, String[] devices) {
        return session.createNativeQuery(ADD_MISSING)
                .setParameter("devices", devices)
                .executeUpdate();
    }

    private static Uni<Integer> lockRows(Mutiny.Session session, String[] devices) {
        return session.createNativeQuery(LOCK, String.class)
                .setParameter("devices", devices)
                .getResultList()
                .map(List::size);
    }

    /** The current session of each device that has one, without a lock: good for a hint, not for a decision. */
    public Uni<Map<String, Route>> look(Mutiny.Session session, Collection<String> deviceIds) {
        return current(session, deviceIds.toArray(String[]::new));
    }

    private static Uni<Map<String, Route>> current(Mutiny.Session session, String[] devices) {
        return session.createNativeQuery(CURRENT, Object[].class)
                .setParameter("devices", devices)
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (String) row[0], DeviceRoutes::route)));
    }

    private static Route route(Object[] row) {
        return new Route((UUID) row[1], ((Number) row[2]).intValue());
    }
}
