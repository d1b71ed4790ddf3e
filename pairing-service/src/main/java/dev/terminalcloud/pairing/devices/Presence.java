package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOffline;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOnline;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Whether devices are connected, and what they say of themselves. Whoever calls this holds the device's lock. */
@ApplicationScoped
public class Presence {
    private static final String DESCRIBE =
            """
            update device set model = :model, firmware = :firmware, status = :status, last_seen_at = now()
            where device_id = :device
            """;

    private static final String CHANGE_STATUS =
            "update device set status = :status, last_seen_at = now() where device_id = :device";

    private static final String SEEN = "update device set last_seen_at = now() where device_id = :device";

    private static final String TURN =
            """
            update device set online = :online, last_seen_at = now()
            where device_id = :device and online <> :online
            returning model, firmware, status
            """;

    private final DeviceRoutes routes;

    Presence(DeviceRoutes routes) {
        this.routes = routes;
    }

    /** The device described itself on a new session. */
    public Uni<Void> said(Mutiny.Session session, DeviceConnected hello) {
        return session.createNativeQuery(DESCRIBE)
                .setParameter("model", hello.model())
                .setParameter("firmware", hello.firmware())
                .setParameter("status", hello.status().name())
                .setParameter("device", hello.deviceId())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> changed(Mutiny.Session session, String deviceId, DeviceStatus status) {
        return session.createNativeQuery(CHANGE_STATUS)
                .setParameter("status", status.name())
                .setParameter("device", deviceId)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The device gave a sign of life that says nothing else. */
    public Uni<Void> seen(Mutiny.Session session, String deviceId) {
        return session.createNativeQuery(SEEN)
                .setParameter("device", deviceId)
                .executeUpdate()
                .replaceWithVoid();
    }

    /**
     * Tells that the device came or went, if that differs from what was told last. Whatever the reason was, and however
     * often this is called, each change is told once.
     */
    public Uni<Void> settle(WriteTransaction transaction, Device device) {
        return routes.look(transaction.session(), List.of(device.id()))
                .chain(current -> turn(transaction, device, current.containsKey(device.id())));
    }

    private static Uni<Void> turn(WriteTransaction transaction, Device device, boolean online) {
        return transaction
                .session()
                .createNativeQuery(TURN, Object[].class)
                .setParameter("online", online)
                .setParameter("device", device.id())
                .getSingleResultOrNull()
                .invoke(turned -> {
                    if (turned != null) {
                        tell(transaction, device, online, turned);
                    }
                })
                .replaceWithVoid();
    }

    private static void tell(WriteTransaction transaction, Device device, boolean online, Object[] described) {
        long version = device.nextLifecycleVersion();
        transaction.append(
                Topic.DEVICE_LIFECYCLE,
                online
                        ? new DeviceOnline(
                                device.id(),
                                version,
                                (String) described[0],
                                (String) described[1],
                                described[2] == null ? null : DeviceStatus.valueOf((String) described[2]))
                        : new DeviceOffline(device.id(), version));
    }
}
