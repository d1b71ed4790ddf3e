package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The latest session of each device, with what the device has reported on it. {@link DeviceRoutes} writes the sessions;
 * only a changed status needs a statement of its own.
 */
@ApplicationScoped
public class LatestSessions {
    /**
     * Each part reads one row by an index, however many sessions the device has had. A session that was only ended has no connector, and
     * tells nothing.
     */
    private static final String FIND =
            """
            select * from (
                (select true as current, s.opened_at as since, s.model, s.firmware, s.status
                from open_session o join device_session s on s.session_id = o.session_id
                where o.device_id = $1 order by o.opened desc limit 1)
                union all
                (select false, coalesce(c.suspended_at, s.opened_at), s.model, s.firmware, s.status
                from device_session s left join connector c
                    on c.connector_index = s.connector_index and c.epoch = s.connector_epoch
                where s.device_id = $1 and s.ended_at is null order by s.opened desc limit 1)
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

    private final Pool pool;

    LatestSessions(Pool pool) {
        this.pool = pool;
    }

    /** Returns the latest session of the device; absent if it has never connected. */
    public Uni<Optional<LatestSession>> find(String deviceId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(deviceId)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(latest(found.next())) : Optional.empty();
        });
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
        return session.createNativeQuery(UPDATE_STATUS)
                .setParameter("changes", changes.encode())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static LatestSession latest(Row row) {
        return new LatestSession(
                row.getBoolean("current"),
                row.getOffsetDateTime("since").toInstant(),
                row.getString("model"),
                row.getString("firmware"),
                Optional.ofNullable(row.getString("status"))
                        .map(DeviceStatus::valueOf)
                        .orElse(null));
    }
}
