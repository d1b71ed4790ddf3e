package dev.terminalcloud.database;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Distinguishes transient failures, after which the same attempt may succeed, from failures that the attempt itself has
 * caused.
 */
public final class TransientFailures {
    /** Connection, transaction rollback, resources, object state, operator intervention (PostgreSQL, appendix A). */
    private static final Set<String> SQL_STATE_CLASSES = Set.of("08", "40", "53", "55", "57");

    /** A transaction was idle for too long, since this process was paused. */
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";

    private static final int SQL_STATE_LENGTH = 5;
    private static final int MAX_CAUSES = 20;

    private TransientFailures() {}

    /** Checks the failure and its causes: the SQLSTATE decides, or else whether the connection failed. */
    public static boolean isTransient(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return firstState(causes).map(TransientFailures::isTransientState).orElseGet(() -> causes.stream()
                .anyMatch(TransientFailures::isConnectionFailure));
    }

    /**
     * Returns true if the database has rejected a statement for a reason that does not pass by itself: its transaction is certainly rolled
     * back, which no other failure says.
     */
    public static boolean isRejection(Throwable failure) {
        return firstState(causes(failure))
                .filter(state -> !isTransientState(state))
                .isPresent();
    }

    /** Returns whether the same statement may succeed later, on a server that starts or is overloaded for example. */
    public static boolean isTransientState(String sqlState) {
        return sqlState.equals(IDLE_IN_TRANSACTION_TIMEOUT)
                || SQL_STATE_CLASSES.stream().anyMatch(sqlState::startsWith);
    }

    /** Returns the classes and SQLSTATEs of the failure and its causes, without messages that may quote values. */
    public static String describe(Throwable failure) {
        return causes(failure).stream()
                .map(cause -> cause.getClass().getSimpleName()
                        + sqlState(cause).map(state -> "[" + state + "]").orElse(""))
                .collect(Collectors.joining(" <- "));
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .toList();
    }

    private static Optional<String> firstState(List<Throwable> causes) {
        return causes.stream().flatMap(cause -> sqlState(cause).stream()).findFirst();
    }

    /** Returns the SQLSTATE: the Vert.x client reports it in an exception of its own, Hibernate in that of JDBC. */
    private static Optional<String> sqlState(Throwable failure) {
        String state = null;
        if (failure instanceof DatabaseException refusal) {
            state = refusal.getSqlState();
        } else if (failure instanceof SQLException refusal) {
            state = refusal.getSQLState();
        }
        return Optional.ofNullable(state).filter(text -> text.length() == SQL_STATE_LENGTH);
    }

    /** The Vert.x client reports a lost or refused connection, and an exhausted pool, with these. */
    private static boolean isConnectionFailure(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable;
    }
}
