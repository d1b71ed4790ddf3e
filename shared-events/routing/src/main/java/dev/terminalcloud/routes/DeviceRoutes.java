package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
 * Routes of devices: the connector and session of each device, as known from the events that this service has received.
 *
 * <p>A device has a set of open sessions: a disconnect removes only its own session, and the newest remaining session is the
 * current one, so a late disconnect can't hide a new connection. A session that has ended never opens again, so applying an
 * event twice changes nothing. The sessions of a suspended connector do not count until its next heartbeat.
 *
 * <p>Which sessions count is the view {@code open_session}, for statements of the services that join it too.
 *
 * <p>A caller that decides by a route must lock the device first, in the transaction of the decision.
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

    /** A separate statement after the lock: its snapshot must include what the previous holder of the lock wrote. */
    private static final String CURRENT =
            """
            select distinct on (device_id) device_id, session_id, connector_index from open_session
            where device_id = any (cast(:devices as text[]))
            order by device_id, opened desc
            """;

    /** Locks a connector's row only if there is something to change: many devices connect at the same time. */
    private static final String LEARN_EPOCHS =
            """
            insert into connector (connector_index, epoch)
            select r.connector, max(r.epoch)
            from json_to_recordset(cast(cast(:sessions as text) as json)) as r(connector integer, epoch bigint)
            group by r.connector order by r.connector
            on conflict (connector_index) do update set epoch = excluded.epoch, suspended_at = null
            where connector.epoch < excluded.epoch
            """;

    /**
     * Opens nothing if the epoch of any connector is new. A session of a previous epoch is stored as ended, so that a repeated event can't
     * open it later. All parts see the table as it was before: so the other sessions are those that were open then.
     */
    private static final String OPEN =
            """
            with hello as materialized (
                select r.*, c.epoch as known
                from rows from (json_to_recordset(cast(cast(:sessions as text) as json)) as (session uuid, device text,
                    connector integer, epoch bigint, model text, firmware text, status text))
                    with ordinality as r(session, device, connector, epoch, model, firmware, status, number)
                left join connector c on c.connector_index = r.connector
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
            """;

    private static final String END =
            """
            insert into device_session (session_id, device_id, connector_index, connector_epoch, ended_at)
            select r.session, r.device, -1, -1, now()
            from json_to_recordset(cast(cast(:sessions as text) as json)) as r(session uuid, device text)
            on conflict (session_id) do update set ended_at = excluded.ended_at where device_session.ended_at is null
            """;

    /** Locks the device until the end of the transaction, and returns its current session. */
    public Uni<Optional<DeviceRoute>> lock(Mutiny.Session session, String deviceId) {
        return lockAll(session, List.of(deviceId)).map(routes -> Optional.ofNullable(routes.get(deviceId)));
    }

    /** Locks the devices, in the same order for all callers, and returns the current session of each device that has one. */
    public Uni<Map<String, DeviceRoute>> lockAll(Mutiny.Session session, Collection<String> deviceIds) {
        return lockOnly(session, deviceIds).chain(() -> find(session, deviceIds));
    }

    /** Locks the devices as {@link #lockAll}, for a caller that does not need their sessions. */
    public Uni<Void> lockOnly(Mutiny.Session session, Collection<String> deviceIds) {
        String[] devices = new TreeSet<>(deviceIds).toArray(String[]::new);
        return lockRows(session, devices)
                .chain(locked -> locked == devices.length
                        ? Uni.createFrom().voidItem()
                        : addMissing(session, devices)
                                .chain(() -> lockRows(session, devices))
                                .replaceWithVoid());
    }

    /**
     * Opens the sessions; their devices must be locked, and no device or session may occur twice. One statement, unless a connector
     * has started since its last session.
     *
     * @return the sessions that this call has opened, without those that are not new or have already ended; with the other open sessions
     *     of their devices
     */
    public Uni<Map<UUID, List<DeviceRoute>>> openSessions(Mutiny.Session session, List<DeviceConnected> events) {
        String sessions = sessions(events);
        return open(session, sessions)
                .chain(rows -> rows.stream().anyMatch(row -> (Boolean) row[0])
                        ? learnEpochs(session, sessions).chain(() -> open(session, sessions))
                        : Uni.createFrom().item(rows))
                .map(DeviceRoutes::openedSessions);
    }

    /** Ends the sessions, also those that are not known yet; their devices must be locked, and no session may occur twice. */
    public Uni<Void> endSessions(Mutiny.Session session, List<DeviceDisconnected> events) {
        return session.createNativeQuery(END)
                .setParameter("sessions", sessions(events))
                .executeUpdate()
                .replaceWithVoid();
    }

    private static Uni<List<Object[]>> open(Mutiny.Session session, String sessions) {
        return session.createNativeQuery(OPEN, Object[].class)
                .setParameter("sessions", sessions)
                .getResultList();
    }

    private static Uni<Integer> learnEpochs(Mutiny.Session session, String sessions) {
        return session.createNativeQuery(LEARN_EPOCHS)
                .setParameter("sessions", sessions)
                .executeUpdate();
    }

    private static Map<UUID, List<DeviceRoute>> openedSessions(List<Object[]> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> (UUID) row[1],
                        Collectors.filtering(
                                row -> row[2] != null,
                                Collectors.mapping(
                                        row -> new DeviceRoute((UUID) row[2], ((Number) row[3]).intValue()),
                                        Collectors.toList()))));
    }

    private static String sessions(List<? extends SessionEvent> events) {
        JsonArray sessions = new JsonArray();
        for (SessionEvent event : events) {
            JsonObject row = new JsonObject()
                    .put("session", event.sessionId().toString())
                    .put("device", event.deviceId());
            if (event instanceof DeviceConnected connected) {
                row.put("connector", connected.connectorIndex())
                        .put("epoch", connected.connectorEpoch())
                        .put("model", connected.model())
                        .put("firmware", connected.firmware())
                        .put("status", connected.status().name());
            }
            sessions.add(row);
        }
        return sessions.encode();
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

    /** Returns the current session of each device that has one: valid for a decision only while the devices are locked. */
    public Uni<Map<String, DeviceRoute>> find(Mutiny.Session session, Collection<String> deviceIds) {
        return session.createNativeQuery(CURRENT, Object[].class)
                .setParameter("devices", deviceIds.toArray(String[]::new))
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (String) row[0], DeviceRoutes::route)));
    }

    private static DeviceRoute route(Object[] row) {
        return new DeviceRoute((UUID) row[1], ((Number) row[2]).intValue());
    }
}
