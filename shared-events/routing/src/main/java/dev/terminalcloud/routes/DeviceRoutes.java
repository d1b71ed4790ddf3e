package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private static final String ADD_CONNECTOR =
            "insert into connector (connector_index, epoch) values (:index, :epoch) on conflict do nothing";

    /** Locks the connector's row only if there is something to change: many devices connect at the same time. */
    private static final String LEARN_EPOCH =
            "update connector set epoch = :epoch, suspended_at = null where connector_index = :index and epoch < :epoch";

    /** A session of a previous epoch is stored as ended, so that a repeated event can't open it later. */
    private static final String OPEN =
            """
            insert into device_session
                (session_id, device_id, connector_index, connector_epoch, ended_at, model, firmware, status)
            select r.session, r.device, r.connector, r.epoch, case when c.epoch > r.epoch then now() end,
                r.model, r.firmware, r.status
            from rows from (json_to_recordset(cast(cast(:sessions as text) as json))
                as (session uuid, device text, connector integer, epoch bigint, model text, firmware text, status text))
                with ordinality as r(session, device, connector, epoch, model, firmware, status, number)
            join connector c on c.connector_index = r.connector
            order by r.number
            on conflict (session_id) do nothing
            returning session_id, ended_at is null as open
            """;

    private static final String END =
            """
            insert into device_session (session_id, device_id, connector_index, connector_epoch, ended_at)
            select r.session, r.device, -1, -1, now()
            from json_to_recordset(cast(cast(:sessions as text) as json)) as r(session uuid, device text)
            on conflict (session_id) do update set ended_at = excluded.ended_at where device_session.ended_at is null
            """;

    private static final String OTHER_SESSIONS =
            """
            select s.device_id, s.session_id, s.connector_index from device_session s
            where s.device_id = any (cast(:devices as text[])) and s.ended_at is null
            and s.session_id <> all (cast(cast(:sessions as text[]) as uuid[]))
            """;

    /** Locks the device until the end of the transaction, and returns its current session. */
    public Uni<Optional<DeviceRoute>> lock(Mutiny.Session session, String deviceId) {
        return lockAll(session, List.of(deviceId)).map(routes -> Optional.ofNullable(routes.get(deviceId)));
    }

    /** Locks the devices, in the same order for all callers, and returns the current session of each device that has one. */
    public Uni<Map<String, DeviceRoute>> lockAll(Mutiny.Session session, Collection<String> deviceIds) {
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
     * Opens the sessions; their devices must be locked, and no session may occur twice.
     *
     * @return the sessions that this call has opened, without those that are not new or have already ended
     */
    public Uni<Set<UUID>> openSessions(Mutiny.Session session, List<DeviceConnected> events) {
        return learnConnectors(session, events)
                .chain(() -> session.createNativeQuery(OPEN, Object[].class)
                        .setParameter("sessions", sessions(events))
                        .getResultList())
                .map(rows -> rows.stream()
                        .filter(row -> (Boolean) row[1])
                        .map(row -> (UUID) row[0])
                        .collect(Collectors.toSet()));
    }

    /** Ends the sessions, also those that are not known yet; their devices must be locked, and no session may occur twice. */
    public Uni<Void> endSessions(Mutiny.Session session, List<DeviceDisconnected> events) {
        return session.createNativeQuery(END)
                .setParameter("sessions", sessions(events))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Returns the open sessions of these devices except the given ones; the devices must be locked. */
    public Uni<Map<String, List<DeviceRoute>>> otherSessions(Mutiny.Session session, List<DeviceConnected> events) {
        return session.createNativeQuery(OTHER_SESSIONS, Object[].class)
                .setParameter(
                        "devices",
                        events.stream().map(DeviceConnected::deviceId).toArray(String[]::new))
                .setParameter(
                        "sessions",
                        events.stream()
                                .map(event -> event.sessionId().toString())
                                .toArray(String[]::new))
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> (String) row[0], Collectors.mapping(DeviceRoutes::route, Collectors.toList()))));
    }

    /** Updates one connector at a time: there are few, and even fewer connector starts in a batch. */
    private static Uni<Void> learnConnectors(Mutiny.Session session, List<DeviceConnected> events) {
        Map<Integer, Long> newest = events.stream()
                .collect(Collectors.toMap(
                        DeviceConnected::connectorIndex, DeviceConnected::connectorEpoch, Math::max, TreeMap::new));
        return Multi.createFrom()
                .iterable(newest.entrySet())
                .onItem()
                .transformToUniAndConcatenate(start -> withConnector(session, ADD_CONNECTOR, start)
                        .chain(() -> withConnector(session, LEARN_EPOCH, start)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Integer> withConnector(
            Mutiny.Session session, String statement, Map.Entry<Integer, Long> start) {
        return session.createNativeQuery(statement)
                .setParameter("index", start.getKey())
                .setParameter("epoch", start.getValue())
                .executeUpdate();
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
        return current(session, deviceIds.toArray(String[]::new));
    }

    private static Uni<Map<String, DeviceRoute>> current(Mutiny.Session session, String[] devices) {
        return session.createNativeQuery(CURRENT, Object[].class)
                .setParameter("devices", devices)
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (String) row[0], DeviceRoutes::route)));
    }

    private static DeviceRoute route(Object[] row) {
        return new DeviceRoute((UUID) row[1], ((Number) row[2]).intValue());
    }
}
