package dev.terminalcloud.servicestart;

import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.Prerequisite;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * PostgreSQL with the newest schema: the check itself migrates it. A schema that is newer must be {@linkplain SchemaCompatibility compatible}.
 */
public final class DatabaseSchema implements Prerequisite {
    private final Flyway flyway;
    private final String url;
    private final String owner;

    /**
     * @param flyway connects as the owner of the tables
     * @param url the JDBC URL; its query parameters may be secret and are not shown
     * @param owner the role that owns the tables
     */
    public DatabaseSchema(Flyway flyway, String url, String owner) {
        this.flyway = flyway;
        this.url = url.replaceFirst("\\?.*", "").replaceFirst("^jdbc:postgresql://", "");
        this.owner = owner;
    }

    @Override
    public String description() {
        return "PostgreSQL at %s as user %s".formatted(url, owner);
    }

    @Override
    public String advice() {
        return "Check that PostgreSQL is running, and QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_FLYWAY_USERNAME and"
                + " QUARKUS_FLYWAY_PASSWORD or, without them, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD";
    }

    @Override
    public CheckResult check() {
        try {
            flyway.migrate();
            Optional<String> incompatible = SchemaCompatibility.violation(flyway);
            return incompatible.<CheckResult>map(Misconfigured::new).orElseGet(Available::new);
        } catch (FlywayException e) {
            return DatabaseFailures.resultOfJdbc(e)
                    .orElseGet(() -> new Misconfigured("Schema migration failed: "
                            + String.join(" ", e.getMessage().lines().toList())));
        }
    }
}
