package dev.terminalcloud.routes;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Table of the known connectors. Every replica of the service writes it. Each statement is safe for any replica at any time,
 * so the replicas need no coordination.
 */
@ApplicationScoped
class ConnectorTable {
    private static final String ALIVE =
            """
            insert into connector (connector_index, epoch) values ($1, $2)
            on conflict (connector_index) do update set epoch = excluded.epoch, suspended_at = null
            where connector.epoch < excluded.epoch
               or connector.epoch = excluded.epoch and connector.suspended_at is not null
            """;

    private static final String END_SESSIONS_OF_PREVIOUS_EPOCHS =
            """
            update device_session set ended_at = now()
            where connector_index = $1 and connector_epoch < $2 and ended_at is null
            """;

    private static final String SUSPEND =
            """
            update connector set suspended_at = now()
            where connector_index = $1 and epoch = $2 and suspended_at is null
            """;

    /** The newest session of a device stays: it shows when the device was last seen. */
    private static final String DELETE_ENDED_SESSIONS =
            """
            delete from device_session s
            where s.ended_at < now() - interval '8 days' and exists (
                select from device_session later
                where later.device_id = s.device_id and (later.ended_at is null or later.ended_at > s.ended_at))
            """;

    private final Pool pool;

    ConnectorTable(Pool pool) {
        this.pool = pool;
    }

    /** Records a heartbeat of the connector. Returns true if the connector was suspended, or has a new epoch. */
    Uni<Boolean> recordAlive(int connectorIndex, long epoch) {
        return pool.preparedQuery(ALIVE)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Ends the sessions of previous epochs: a connector loses its sessions when it restarts. */
    Uni<Integer> endSessionsOfPreviousEpochs(int connectorIndex, long epoch) {
        return pool.preparedQuery(END_SESSIONS_OF_PREVIOUS_EPOCHS)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount());
    }

    /** Suspends the connector after a heartbeat timeout. Returns true if it was not suspended before. */
    Uni<Boolean> suspend(int connectorIndex, long epoch) {
        return pool.preparedQuery(SUSPEND)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Deletes sessions that ended before the oldest records that {@code device-events} may still contain, but the newest of each device. */
    Uni<Integer> deleteEndedSessions() {
        return pool.preparedQuery(DELETE_ENDED_SESSIONS).execute().map(rows -> rows.rowCount());
    }
}
