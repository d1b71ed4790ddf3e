package dev.terminalcloud.routes;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table {@code connector}: the known connectors. No other class writes it, and every replica of the service does. Each statement is
 * safe for any replica at any time, so the replicas need no coordination.
 */
@ApplicationScoped
public class ConnectorTable {
    private static final String ALIVE =
            """
            insert into connector (connector_index, epoch) values ($1, $2)
            on conflict (connector_index) do update set epoch = excluded.epoch, suspended_at = null
            where connector.epoch < excluded.epoch
               or connector.epoch = excluded.epoch and connector.suspended_at is not null
            """;

    private static final String SUSPEND =
            """
            update connector set suspended_at = now()
            where connector_index = $1 and epoch = $2 and suspended_at is null
            """;

    /** Locks a connector's row only if there is something to change: many devices connect at the same time. */
    private static final String LEARN_EPOCHS =
            """
            insert into connector (connector_index, epoch)
            select r.connector, max(r.epoch)
            from json_to_recordset(cast(cast(:sessions as text) as json)) as r(connector integer, epoch bigint)
            group by r.connector order by r.connector
            on conflict (connector_index) do update set epoch = excluded.epoch, suspended_at = null
            where connector.epoch < excluded.epoch
            """;

    /** Changes with each change of a connector. */
    private static final String STATE =
            """
            select coalesce(
                string_agg(concat_ws('/', connector_index, epoch, suspended_at), ' ' order by connector_index), '')
            from connector
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

    /** Suspends the connector after a heartbeat timeout. Returns true if it was not suspended before. */
    Uni<Boolean> suspend(int connectorIndex, long epoch) {
        return pool.preparedQuery(SUSPEND)
                .execute(Tuple.of(connectorIndex, epoch))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * Notes epochs that are new, as sessions have reported them.
     *
     * @param sessions as for {@link DeviceSessionTable#open}
     */
    static Uni<Void> learnEpochs(Mutiny.Session session, String sessions) {
        return session.createNativeQuery(LEARN_EPOCHS)
                .setParameter("sessions", sessions)
                .executeUpdate()
                .replaceWithVoid();
    }

    /**
     * Returns the SQL expression of the newest epoch of a connector, for a statement of another table; null if the connector is not known.
     *
     * @param connectorIndex the SQL expression of its index
     */
    static String knownEpoch(String connectorIndex) {
        return "(select c.epoch from connector c where c.connector_index = %s)".formatted(connectorIndex);
    }

    /** Returns a text that changes whenever a connector starts, times out or recovers. */
    public Uni<String> state() {
        return pool.query(STATE).execute().map(rows -> rows.iterator().next().getString(0));
    }
}
