package dev.terminalcloud.servicestart;

import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.Prerequisite;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * PostgreSQL for the role with which the service works: the check itself grants the role its rights as the owner of the tables, connects as
 * the service does, and queries whether the role sees each of these tables and may use it. The schema must be up to date already.
 */
public final class DatabaseRole implements Prerequisite {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** The tables and views that migrations have created, without Flyway's own. */
    private static final String RIGHTS =
            """
            select bool_and(pg_table_is_visible(tables.oid)) as visible,
                   string_agg(cast(tables.relname as text), ', ' order by tables.relname) filter (where
                       not has_table_privilege(tables.oid, 'select')
                       or tables.relkind <> 'v' and not has_table_privilege(tables.oid, 'insert')) as refused
            from pg_class history
            join pg_class tables on tables.relnamespace = history.relnamespace and tables.relowner = history.relowner
            where history.relname = 'flyway_schema_history'
              and history.relnamespace = (select oid from pg_namespace where nspname = $1)
              and tables.relkind in ('r', 'p', 'v')
              and tables.oid <> history.oid
            """;

    private final DataSource owner;
    private final Pool pool;
    private final String url;
    private final String user;

    /** Null until the role has its rights: they are granted once, however long the role can't connect. */
    private volatile String grantedSchema;

    /**
     * @param owner connects as the owner of the tables
     * @param pool the connections of the service
     * @param url the URL of the pool; its query parameters and its user may be secret and are not shown
     * @param user the role with which the service works; it may be the owner
     */
    public DatabaseRole(DataSource owner, Pool pool, String url, String user) {
        this.owner = owner;
        this.pool = pool;
        this.url = url.replaceFirst("\\?.*", "")
                .replaceFirst("^(vertx-reactive:)?postgres(ql)?://", "")
                .replaceFirst("^[^/]*@", "");
        this.user = user;
    }

    @Override
    public String description() {
        return "PostgreSQL at %s as user %s".formatted(url, user);
    }

    @Override
    public String advice() {
        return "Check that PostgreSQL is running, and QUARKUS_DATASOURCE_USERNAME, QUARKUS_DATASOURCE_PASSWORD and"
                + " QUARKUS_DATASOURCE_REACTIVE_URL; the rights are granted by QUARKUS_FLYWAY_USERNAME";
    }

    @Override
    public CheckResult check() {
        try {
            if (grantedSchema == null) {
                grantedSchema = RoleGrants.grant(owner, user);
            }
            return checkRights(grantedSchema);
        } catch (SQLException e) {
            return DatabaseFailures.resultOfJdbc(e).orElseThrow();
        }
    }

    private CheckResult checkRights(String schema) {
        try {
            Row rights = pool.preparedQuery(RIGHTS)
                    .execute(Tuple.of(schema))
                    .await()
                    .atMost(TIMEOUT)
                    .iterator()
                    .next();
            return result(schema, rights);
        } catch (RuntimeException e) {
            return DatabaseFailures.resultOfPool(e);
        }
    }

    private static CheckResult result(String schema, Row rights) {
        String refused = rights.getString("refused");
        if (Boolean.FALSE.equals(rights.getBoolean("visible"))) {
            return new Misconfigured("the role does not see its tables: its search_path must have the schema " + schema
                    + ", and it needs the right to use that");
        }
        return refused == null
                ? new Available()
                : new Misconfigured("the role lacks the right to read and write the tables " + refused);
    }
}
