package dev.terminalcloud.servicestart;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import dev.terminalcloud.startup.Prerequisite;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * PostgreSQL with the newest schema: the check itself migrates it, and grants the role of the service its rights. A schema that is newer
 * must be {@linkplain SchemaCompatibility compatible}.
 */
public final class DatabaseSchema implements Prerequisite {
    private static final int MAX_CAUSES = 20;

    private final Flyway flyway;
    private final String url;
    private final String owner;
    private final String user;

    /**
     * @param flyway connects as the owner of the tables
     * @param url the JDBC URL; its query parameters may be secret and are not shown
     * @param owner the role that owns the tables
     * @param user the role with which the service works; it may be the same
     */
    public DatabaseSchema(Flyway flyway, String url, String owner, String user) {
        this.flyway = flyway;
        this.url = url.replaceFirst("\\?.*", "").replaceFirst("^jdbc:postgresql://", "");
        this.owner = owner;
        this.user = user;
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
            if (incompatible.isPresent()) {
                return new Misconfigured(incompatible.get());
            }
            RoleGrants.grant(flyway.getConfiguration().getDataSource(), user);
            return new Available();
        } catch (FlywayException | SQLException e) {
            return resultOf(e);
        }
    }

    private static CheckResult resultOf(Exception failure) {
        Optional<SQLException> refusal = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner);
        if (refusal.isEmpty()) {
            return new Misconfigured("Schema migration failed: " + failure.getMessage());
        }
        String state = refusal.get().getSQLState();
        String message = "%s (SQLSTATE %s)".formatted(refusal.get().getMessage(), state);
        return isTransient(state) ? new Unavailable(message) : new Misconfigured(message);
    }

    /** The pool reports no SQLSTATE when it could not get a connection in time. */
    private static boolean isTransient(String state) {
        return state == null || TransientFailures.isTransientState(state);
    }
}
