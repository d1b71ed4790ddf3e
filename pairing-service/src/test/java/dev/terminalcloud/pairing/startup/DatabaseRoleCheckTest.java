package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.embedded.test.Infrastructure;
import dev.terminalcloud.servicestart.DatabaseRole;
import dev.terminalcloud.servicestart.DatabaseSchema;
import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Check of the role with which a service works, for each mistake of an operator. */
class DatabaseRoleCheckTest {
    private static final String ROLE = "role_test";
    private static final Map<String, String> DATABASE = Infrastructure.configuration(Optional.of(ROLE));
    private static final String OWNER = DATABASE.get("quarkus.flyway.username");
    private static final String PASSWORD = DATABASE.get("quarkus.datasource.password");
    private static final String JDBC_URL = DATABASE.get("quarkus.datasource.jdbc.url");
    private static final PgConnectOptions ADDRESS =
            PgConnectOptions.fromUri(DATABASE.get("quarkus.datasource.reactive.url"));

    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void migrate() {
        assertThat(new DatabaseSchema(flyway(OWNER), JDBC_URL, OWNER).check()).isEqualTo(new Available());
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void roleGetsItsRightsAndCanUseTheTables() throws SQLException {
        executeAsOwner("revoke all on all tables in schema role_test from role_test");

        assertThat(check(OWNER, ROLE)).isEqualTo(new Available());
    }

    /** A simple view could be written like its table, with the rights of the owner. */
    @Test
    void roleReadsViewsAndWritesNone() throws SQLException {
        assertThat(check(OWNER, ROLE)).isEqualTo(new Available());

        executeAsOwner(
                """
                do $$
                begin
                    assert (select count(*) > 0 and bool_and(has_table_privilege('role_test', c.oid, 'select')
                            and not has_table_privilege('role_test', c.oid, 'insert, update, delete'))
                        from pg_class c where c.relnamespace = 'role_test'::regnamespace and c.relkind = 'v');
                end
                $$
                """);
    }

    @Test
    void ownerMayBeTheRoleOfTheService() {
        assertThat(check(OWNER, OWNER)).isEqualTo(new Available());
    }

    @Test
    void unknownRoleIsMisconfigured() {
        assertThat(check(OWNER, "nobody"))
                .isEqualTo(new Misconfigured("ERROR: role \"nobody\" does not exist (SQLSTATE 42704)"));
    }

    /** The role of another service can connect, and the owner would grant it everything. */
    @Test
    void roleThatDoesNotSeeTheTablesIsMisconfigured() {
        Infrastructure.configuration(Optional.of("role_test_other"));

        assertThat(check(OWNER, "role_test_other"))
                .isEqualTo(new Misconfigured("the role does not see its tables: its search_path must have the schema"
                        + " role_test, and it needs the right to use that"));
    }

    /** It is not the owner, but configured for the migration too, which has nothing to do. */
    @Test
    void roleThatLacksARightIsMisconfigured() throws SQLException {
        assertThat(check(OWNER, ROLE)).isEqualTo(new Available());
        executeAsOwner("revoke insert on outbox from role_test");
        executeAsOwner("revoke select on device from role_test");

        assertThat(check(ROLE, ROLE))
                .isEqualTo(new Misconfigured("the role lacks the right to read and write the tables device, outbox"));

        assertThat(check(OWNER, ROLE)).isEqualTo(new Available());
    }

    @Test
    void unknownDatabaseIsMisconfigured() {
        assertThat(check(new PgConnectOptions(ADDRESS).setDatabase("nowhere")))
                .isInstanceOfSatisfying(
                        Misconfigured.class, wrong -> assertThat(wrong.reason()).contains("nowhere", "3D000"));
    }

    @Test
    void unreachableDatabaseIsUnavailable() {
        assertThat(check(new PgConnectOptions(ADDRESS).setPort(Port.free())))
                .isInstanceOfSatisfying(Unavailable.class, waiting -> assertThat(waiting.reason())
                        .startsWith("no connection: ")
                        .doesNotContain("\n"));
    }

    @Test
    void descriptionShowsNothingSecret() {
        DataSource owner = flyway(OWNER).getConfiguration().getDataSource();
        String url = "postgresql://somebody:secret@db:5432/terminals?password=secret";

        assertThat(new DatabaseRole(owner, null, url, ROLE).description())
                .isEqualTo("PostgreSQL at db:5432/terminals as user role_test");
    }

    private static CheckResult check(String owner, String role) {
        return check(owner, new PgConnectOptions(ADDRESS).setUser(role));
    }

    private static CheckResult check(PgConnectOptions options) {
        return check(OWNER, options.setUser(ROLE));
    }

    private static CheckResult check(String owner, PgConnectOptions options) {
        Pool pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(options.setPassword(PASSWORD))
                .using(VERTX)
                .build());
        try {
            DataSource asOwner = flyway(owner).getConfiguration().getDataSource();
            return new DatabaseRole(asOwner, pool, "db", options.getUser()).check();
        } finally {
            pool.closeAndAwait();
        }
    }

    private static void executeAsOwner(String sql) throws SQLException {
        try (Connection connection =
                        flyway(OWNER).getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Flyway flyway(String user) {
        return Flyway.configure()
                .dataSource(JDBC_URL, user, PASSWORD)
                .locations("db/shared", "db/pairing")
                .load();
    }
}
