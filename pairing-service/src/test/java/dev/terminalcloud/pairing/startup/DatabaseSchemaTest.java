package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.embedded.test.Infrastructure;
import dev.terminalcloud.servicestart.DatabaseSchema;
import dev.terminalcloud.servicestart.MigrationLock;
import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DatabaseSchemaTest {
    private static final String SERVICE = "schema_test";
    private static final Map<String, String> DATABASE = Infrastructure.configuration(Optional.of(SERVICE));
    private static final String USER = DATABASE.get("quarkus.flyway.username");
    private static final String URL = DATABASE.get("quarkus.datasource.jdbc.url");

    @Test
    void schemaIsBroughtUpToDateOnceAndThenLeft() {
        assertThat(schema(URL, USER).check()).isEqualTo(new Available());
        assertThat(schema(URL, USER).check()).isEqualTo(new Available());
    }

    /** {@code create index concurrently} waits for all transactions, those of Flyway included. */
    @Test
    @Timeout(60)
    void indexOnATableInUseIsCreatedConcurrently() {
        assertThat(new DatabaseSchema(flyway(URL, USER, "db/shared", "db/pairing", "db/later"), URL, USER).check())
                .isEqualTo(new Available());
    }

    /** The release between them no longer used what the newer one removes. */
    @Test
    void releaseTwoBeforeTheSchemaIsMisconfiguredAndTheOneBetweenIsNot() {
        String[] before = {"db/shared", "db/pairing"};
        String[] between = {"db/shared", "db/pairing", "db/later"};
        String[] newer = {"db/shared", "db/pairing", "db/later", "db/removal"};
        Map<String, String> database = Infrastructure.configuration(Optional.of("upgrade_test"));

        assertThat(schema(database, before).check()).isEqualTo(new Available());
        assertThat(schema(database, between).check()).isEqualTo(new Available());
        assertThat(schema(database, before).check()).isEqualTo(new Available());

        assertThat(schema(database, newer).check()).isEqualTo(new Available());
        assertThat(schema(database, between).check()).isEqualTo(new Available());
        assertThat(schema(database, before).check())
                .isInstanceOfSatisfying(Misconfigured.class, finding -> assertThat(finding.reason())
                        .startsWith("the schema is more than one release ahead: migration 29991231.02 needs a release"
                                + " that has 29991231.01, this one has ")
                        .doesNotContain("\n"));
    }

    @Test
    void unreachableDatabaseIsUnavailable() {
        assertThat(schema("jdbc:postgresql://127.0.0.1:" + Port.free() + "/postgres", USER)
                        .check())
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void unresolvableDatabaseIsUnavailable() {
        assertThat(schema("jdbc:postgresql://postgres.invalid/postgres", USER).check())
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void unknownUserIsMisconfigured() {
        assertThat(schema(URL, "nobody").check())
                .isInstanceOfSatisfying(Misconfigured.class, finding -> assertThat(finding.reason())
                        .contains("nobody", "SQLSTATE 28"));
    }

    @Test
    void unknownDatabaseIsMisconfigured() {
        assertThat(schema(URL + "_2", USER).check())
                .isInstanceOfSatisfying(Misconfigured.class, finding -> assertThat(finding.reason())
                        .contains("postgres_2", "SQLSTATE 3D000"));
    }

    @Test
    void descriptionShowsNothingSecret() {
        assertThat(schema("jdbc:postgresql://db:5432/terminals?password=secret", USER)
                        .description())
                .isEqualTo("PostgreSQL at db:5432/terminals as user schema_test_owner");
    }

    private static DatabaseSchema schema(Map<String, String> database, String... locations) {
        String url = database.get("quarkus.datasource.jdbc.url");
        String user = database.get("quarkus.flyway.username");
        return new DatabaseSchema(flyway(url, user, locations), url, user);
    }

    private static DatabaseSchema schema(String url, String user) {
        return new DatabaseSchema(flyway(url, user, "db/shared", "db/pairing"), url, user);
    }

    private static Flyway flyway(String url, String user, String... locations) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(url, user, DATABASE.get("quarkus.datasource.password"))
                .locations(locations);
        new MigrationLock().customize(configuration);
        return configuration.load();
    }
}
