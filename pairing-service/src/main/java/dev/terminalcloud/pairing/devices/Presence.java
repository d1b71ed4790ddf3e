package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOffline;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOnline;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Presence of devices: whether they are online, and the status they reported. The caller must hold the device's lock. */
@ApplicationScoped
public class Presence {
    private static final String DESCRIBE =
            """
            update device set model = r.model, firmware = r.firmware, status = r.status, last_seen_at = now()
            from json_to_recordset(cast(cast(:hellos as text) as json))
                as r(device text, model text, firmware text, status text)
            where device_id = r.device
            """;

    private static final String CHANGE_STATUS =
            "update device set status = :status, last_seen_at = now() where device_id = :device";

    private static final String TOUCH = "update device set last_seen_at = now() where device_id = :device";

    private static final String UPDATE_ONLINE =
            """
            update device set online = device_id = any (cast(:online as text[])), last_seen_at = now()
            where device_id = any (cast(:devices as text[]))
            and online <> (device_id = any (cast(:online as text[])))
            returning device_id, online, model, firmware, status
            """;

    private final DeviceRoutes routes;

    Presence(DeviceRoutes routes) {
        this.routes = routes;
    }

    /** Stores the model, firmware and status that the devices reported on new sessions. */
    public Uni<Void> describe(Mutiny.Session session, List<DeviceConnected> hellos) {
        JsonArray rows = new JsonArray();
        for (DeviceConnected hello : hellos) {
            rows.add(new JsonObject()
                    .put("device", hello.deviceId())
                    .put("model", hello.model())
                    .put("firmware", hello.firmware())
                    .put("status", hello.status().name()));
        }
        return session.createNativeQuery(DESCRIBE)
                .setParameter("hellos", rows.encode())
                .executeUpdate()
                .replaceWithVoid();
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
    public Uni<Void> reconcile(WriteTransaction transaction, Collection<Device> devices) {
        if (devices.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, Device> byId = devices.stream().collect(Collectors.toMap(Device::id, Function.identity()));
        return routes.find(transaction.session(), byId.keySet())
                .chain(current -> updateOnline(transaction, byId, current.keySet()));
    }

    private static Uni<Void> updateOnline(
            WriteTransaction transaction, Map<String, Device> devices, Set<String> online) {
        return transaction
                .session()
                .createNativeQuery(UPDATE_ONLINE, Object[].class)
                .setParameter("online", online.toArray(String[]::new))
                .setParameter("devices", devices.keySet().toArray(String[]::new))
                .getResultList()
                .invoke(turned -> turned.forEach(row -> publishChange(transaction, devices.get((String) row[0]), row)))
                .replaceWithVoid();
    }

    private static void publishChange(WriteTransaction transaction, Device device, Object[] row) {
        long version = device.nextLifecycleVersion();
        transaction.append(
                Topic.DEVICE_LIFECYCLE,
                (Boolean) row[1]
                        ? new DeviceOnline(
                                device.id(),
                                version,
                                (String) row[2],
                                (String) row[3],
                                row[4] == null ? null : DeviceStatus.valueOf((String) row[4]))
                        : new DeviceOffline(device.id(), version));
    }
}
