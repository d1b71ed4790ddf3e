package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.database.Rows;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOffline;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOnline;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Presence of devices: whether they are online, and the status they reported. The caller must hold the device's lock. */
@ApplicationScoped
public class Presence {
    /** Reads the row as it was before, and what the device is told about its pairing, on the way. */
    private static final String CONNECT =
            """
            update device d
            set model = r.model, firmware = r.firmware, status = r.status, last_seen_at = now(), online = r.online,
                lifecycle_version = d.lifecycle_version + case when r.online <> d.online then 1 else 0 end
            from (
                select hello.*, before.online as was_online, before.business_name, before.register_name, exists (
                    select from open_session o where o.device_id = hello.device) as online
                from json_to_recordset(cast(cast(:hellos as text) as json))
                    as hello(device text, model text, firmware text, status text)
                join device_pairing before on before.device_id = hello.device
            ) r
            where d.device_id = r.device
            returning d.device_id, d.online, d.lifecycle_version, d.model, d.firmware, d.status,
                r.online <> r.was_online as is_changed, d.pairing_number, r.business_name, r.register_name
            """;

    private static final String CHANGE_STATUS =
            "update device set status = :status, last_seen_at = now() where device_id = :device";

    private static final String TOUCH = "update device set last_seen_at = now() where device_id = :device";

    private static final String RECONCILE =
            """
            update device d
            set online = r.online, last_seen_at = now(), lifecycle_version = d.lifecycle_version + 1
            from (
                select u.device, exists (select from open_session o where o.device_id = u.device) as online
                from unnest(cast(:devices as text[])) as u(device)
            ) r
            where d.device_id = r.device and d.online <> r.online
            returning d.device_id, d.online, d.lifecycle_version, d.model, d.firmware, d.status
            """;

    /** The inner select runs once for all devices. */
    private static final String OUTDATED =
            """
            select d.device_id from device d
            where d.device_id > $1 and d.online <> (d.device_id in (
                select device_id from open_session))
            order by d.device_id limit $2
            """;

    /**
     * Stores the model, firmware and status that the devices reported on new sessions, and publishes which of them came online. No
     * device may occur twice.
     *
     * @return the devices, without those that are not registered
     */
    public Uni<List<ConnectedDevice>> connect(WriteTransaction transaction, List<DeviceConnected> hellos) {
        JsonArray rows = new JsonArray();
        for (DeviceConnected hello : hellos) {
            rows.add(new JsonObject()
                    .put("device", hello.deviceId())
                    .put("model", hello.model())
                    .put("firmware", hello.firmware())
                    .put("status", hello.status().name()));
        }
        return withoutEntities(transaction)
                .chain(session -> session.createNativeQuery(CONNECT, Object[].class)
                        .setParameter("hellos", rows.encode())
                        .getResultList())
                .invoke(devices -> devices.stream()
                        .filter(row -> (Boolean) row[6])
                        .forEach(row -> publishChange(transaction, row)))
                .map(devices ->
                        devices.stream().map(row -> connectedDevice(row)).toList());
    }

    public Uni<Void> updateStatus(Mutiny.Session session, String deviceId, DeviceStatus status) {
        return session.createNativeQuery(CHANGE_STATUS)
                .setParameter("status", status.name())
                .setParameter("device", deviceId)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Records that the device was seen, after a message that changes nothing else. */
    public Uni<Void> touch(Mutiny.Session session, String deviceId) {
        return session.createNativeQuery(TOUCH)
                .setParameter("device", deviceId)
                .executeUpdate()
                .replaceWithVoid();
    }

    /**
     * Publishes which of the devices came online or went offline, where that differs from the state published last. Each
     * change is published once, for whatever reason and however often this is called.
     */
    public Uni<Void> reconcile(WriteTransaction transaction, Collection<String> deviceIds) {
        return withoutEntities(transaction)
                .chain(session -> session.createNativeQuery(RECONCILE, Object[].class)
                        .setParameter("devices", deviceIds.toArray(String[]::new))
                        .getResultList())
                .invoke(turned -> turned.forEach(row -> publishChange(transaction, row)))
                .replaceWithVoid();
    }

    /** Returns the next devices by the order of their ids whose state published last differs from their sessions. Needs no lock. */
    static Uni<List<String>> findOutdated(Pool pool, String after, int limit) {
        return pool.preparedQuery(OUTDATED)
                .mapping(row -> row.getString(0))
                .execute(Tuple.of(after, limit))
                .map(Rows::list);
    }

    /** The statements here change a column of {@link Device}: none may be in the session with its previous value. */
    private static Uni<Mutiny.Session> withoutEntities(WriteTransaction transaction) {
        Mutiny.Session session = transaction.session();
        return session.flush().invoke(session::clear).replaceWith(session);
    }

    private static ConnectedDevice connectedDevice(Object[] row) {
        return new ConnectedDevice((String) row[0], ((Number) row[7]).longValue(), (String) row[8], (String) row[9]);
    }

    private static void publishChange(WriteTransaction transaction, Object[] row) {
        String deviceId = (String) row[0];
        long version = ((Number) row[2]).longValue();
        transaction.append(
                Topic.DEVICE_LIFECYCLE,
                (Boolean) row[1]
                        ? new DeviceOnline(
                                deviceId,
                                version,
                                (String) row[3],
                                (String) row[4],
                                row[5] == null ? null : DeviceStatus.valueOf((String) row[5]))
                        : new DeviceOffline(deviceId, version));
    }
}
