package dev.terminalcloud.routes;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What is known of the connectors. Every replica of the service writes it; each change is one that any of them may make
 * at any time, so that they need not agree.
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

    private static final String DELETE_ENDED_SESSIONS =
            "delete from device_session where ended_at < now() - interval '8 days'";

    private final Pool pool;

    ConnectorTable(Pool pool) {
        this.pool = pool;
    }

    /** The connector gave a sign of life. True if it had been suspended, or has a new epoch. */
    Uni<Boolean> recordAlive(int connectorIndex, long epoch) {
        return pool.preparedQuery(ALIVE)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The connector has started anew: whatever it held before is gone. */
    Uni<Integer> endSessionsOfPreviousEpochs(int connectorIndex, long epoch) {
        return pool.preparedQuery(END_SESSIONS_OF_PREVIOUS_EPOCHS)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount());
    }

    /** The connector is silent. True if it was not suspended before. */
    Uni<Boolean> suspend(int connectorIndex, long epoch) {
        return pool.preparedQuery(SUSPEND)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Forgets sessions that ended longer ago than {@code device-events} can still speak of them. */
    Uni<Integer> deleteEndedSessions() {
        return pool.preparedQuery(DELETE_ENDED_SESSIONS).execute().map(rows -> rows.rowCount());
    }
}
