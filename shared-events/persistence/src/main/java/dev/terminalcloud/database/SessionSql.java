package dev.terminalcloud.database;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/**
 * SQL in the database transaction of a session, executed by the driver: Hibernate plans a native query that returns rows again for each call,
 * which costs more than the statement itself. For queries that return columns, not entities.
 */
public final class SessionSql {
    private SessionSql() {}

    /**
     * Executes a statement that returns rows, after the changes that the session has not written yet.
     *
     * @param sql with {@code $1}, {@code $2} and so on; a text of at most 2,048 characters is prepared once for each connection, a longer one
     *     for each call
     * @param parameters of the types of Vert.x's PostgreSQL client, such as {@code String[]}
     * @return the rows in their order; columns have the client's types, such as {@code UUID}, {@code Long}, {@code OffsetDateTime}
     */
    public static Uni<List<Object[]>> rows(Mutiny.Session session, String sql, Object... parameters) {
        return session.flush()
                .chain(() -> Uni.createFrom().completionStage(() -> ((MutinySessionImpl) session)
                        .getReactiveConnection()
                        .select(sql, parameters)))
                .map(SessionSql::list);
    }

    private static List<Object[]> list(ReactiveConnection.Result result) {
        List<Object[]> rows = new ArrayList<>(result.size());
        result.forEachRemaining(rows::add);
        return rows;
    }
}
