package dev.terminalcloud.servicestart;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Results of checks of PostgreSQL that have failed: its SQLSTATE tells whether waiting may help. */
final class DatabaseFailures {
    private static final int MAX_CAUSES = 20;

    private DatabaseFailures() {}

    /** Returns the result of a failure that PostgreSQL or a connection of JDBC has reported; empty if neither has. */
    static Optional<CheckResult> resultOfJdbc(Throwable failure) {
        return causes(failure).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner)
                .map(refusal -> result(refusal.getSQLState(), refusal.getMessage()));
    }

    /** Returns the result of a failure of the reactive pool: unless PostgreSQL itself has answered, the connection failed. */
    static CheckResult resultOfPool(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .filter(PgException.class::isInstance)
                .map(PgException.class::cast)
                .findFirst()
                .map(refusal -> result(refusal.getSqlState(), refusal.getErrorMessage()))
                .orElseGet(() -> new Unavailable("no connection: "
                        + Objects.requireNonNullElse(
                                causes.get(causes.size() - 1).getMessage(), "no response in time")));
    }

    /**
     * The pool of JDBC reports no SQLSTATE when it could not get a connection in time. Only the first line of a message says what is wrong: the
     * others show the statement.
     */
    private static CheckResult result(String sqlState, String message) {
        String reason = "%s (SQLSTATE %s)".formatted(message.lines().findFirst().orElse(""), sqlState);
        boolean isTransient = sqlState == null || TransientFailures.isTransientState(sqlState);
        return isTransient ? new Unavailable(reason) : new Misconfigured(reason);
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .toList();
    }
}
