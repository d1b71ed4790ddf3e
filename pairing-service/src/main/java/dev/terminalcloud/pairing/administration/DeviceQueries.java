package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.DatabaseOutage;
import dev.terminalcloud.database.Rows;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Queries of devices without locks: the result may be outdated, so nothing may be decided by it. */
@ApplicationScoped
class DeviceQueries {
    /** The session is chosen as {@link dev.terminalcloud.routes.DeviceRoutes} does. */
    private static final String DEVICES =
            """
            select d.device_id, d.owner, d.revoked_at, d.pairing_number, d.last_seen_at, d.model, d.firmware, d.status,
                   d.vendor_name, d.register_id, d.business_name, d.register_name,
                   s.session_id, s.connector_index, s.connector_epoch, s.opened_at
            from device_pairing d
            left join lateral (
                select session_id, connector_index, connector_epoch, opened_at
                from open_session o where o.device_id = d.device_id
                order by o.opened desc limit 1) s on true
            """;

    private static final String ONE = DEVICES + "where d.device_id = $1";

    private static final String PAGE = DEVICES
            + """
            where d.device_id > $1
              and (cast($2 as boolean) is null or (s.session_id is not null) = $2)
              and (cast($3 as boolean) is null or (d.register_id is not null) = $3)
              and (cast($4 as boolean) is null or (d.revoked_at is not null) = $4)
            order by d.device_id
            limit $5
            """;

    private final Pool pool;

    DeviceQueries(Pool pool) {
        this.pool = pool;
    }

    /** Filter of the list; a null component matches all devices. */
    record Filter(Boolean online, Boolean paired, Boolean revoked) {}

    /** @throws ApiException 404 if the device is not registered */
    Uni<DeviceView> require(String deviceId) {
        return select(ONE, Tuple.of(deviceId))
                .map(found -> found.stream().findFirst().orElseThrow(() -> notFound(deviceId)));
    }

    private static ApiException notFound(String deviceId) {
        ChangeResult unknown = DeviceChanges.deviceNotFound(deviceId);
        return ApiException.of(unknown.status(), unknown.reason());
    }

    /** @param after the last id of the previous page; empty for the first page */
    Uni<List<DeviceView>> page(Filter filter, String after, int limit) {
        return select(PAGE, Tuple.of(after, filter.online(), filter.paired(), filter.revoked(), limit));
    }

    private Uni<List<DeviceView>> select(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .mapping(DeviceView::of)
                .execute(parameters)
                .map(Rows::list)
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }
}
