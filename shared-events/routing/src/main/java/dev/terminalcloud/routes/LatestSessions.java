package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The latest session of each device, with what the device has reported on it. {@link DeviceRoutes} opens and ends sessions; a changed
 * status is stored here.
 */
@ApplicationScoped
public class LatestSessions {
    private final DeviceSessionTable table;

    LatestSessions(DeviceSessionTable table) {
        this.table = table;
    }

    /** Returns the latest session of the device; absent if it has never connected. */
    public Uni<Optional<LatestSession>> find(String deviceId) {
        return table.latest(deviceId);
    }

    /** Stores the status that devices have reported, no session twice. A session that is not known stays so. */
    public Uni<Void> updateStatus(Mutiny.Session session, List<DeviceStatusChanged> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray changes = new JsonArray();
        events.forEach(event -> changes.add(new JsonObject()
                .put("session", event.sessionId().toString())
                .put("device", event.deviceId())
                .put("status", event.status().name())));
        return DeviceSessionTable.updateStatus(session, changes.encode());
    }
}
