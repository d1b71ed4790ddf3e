package dev.terminalcloud.routes;

import dev.terminalcloud.database.SessionSql;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.routes.DeviceSessionTable.CurrentSession;
import dev.terminalcloud.routes.DeviceSessionTable.OpenedSession;
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
 * <p>A caller that decides by a route must lock the device first, in the transaction of the decision.
 */
@ApplicationScoped
public class DeviceRoutes {
    private static final String ADD_MISSING =
            "insert into device_route (device_id) select unnest(cast(:devices as text[])) on conflict do nothing";

    private static final String LOCK =
            """
            select device_id from device_route
            where device_id = any (cast($1 as text[])) order by device_id for update
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
        return DeviceSessionTable.open(session, sessions)
                .chain(opened -> opened.stream().anyMatch(OpenedSession::isUnlearned)
                        ? ConnectorTable.learnEpochs(session, sessions)
                                .chain(() -> DeviceSessionTable.open(session, sessions))
                        : Uni.createFrom().item(opened))
                .map(DeviceRoutes::openedSessions);
    }

    /** Ends the sessions, also those that are not known yet; their devices must be locked, and no session may occur twice. */
    public Uni<Void> endSessions(Mutiny.Session session, List<DeviceDisconnected> events) {
        return DeviceSessionTable.end(session, sessions(events));
    }

    private static Map<UUID, List<DeviceRoute>> openedSessions(List<OpenedSession> opened) {
        return opened.stream()
                .collect(Collectors.groupingBy(
                        OpenedSession::sessionId,
                        Collectors.filtering(
                                one -> one.other() != null,
                                Collectors.mapping(OpenedSession::other, Collectors.toList()))));
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
        return SessionSql.rows(session, LOCK, (Object) devices).map(List::size);
    }

    /** Returns the current session of each device that has one: valid for a decision only while the devices are locked. */
    public Uni<Map<String, DeviceRoute>> find(Mutiny.Session session, Collection<String> deviceIds) {
        return DeviceSessionTable.current(session, deviceIds.toArray(String[]::new))
                .map(current ->
                        current.stream().collect(Collectors.toMap(CurrentSession::deviceId, CurrentSession::route)));
    }
}
