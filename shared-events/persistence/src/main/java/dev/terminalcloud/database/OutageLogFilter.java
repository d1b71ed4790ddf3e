package dev.terminalcloud.database;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.scheduler.common.runtime.StatusEmitterInvoker;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;

/**
 * Log filter that keeps the log readable while the database is unavailable and jobs that run each second fail each second. It logs the
 * transient failure of a scheduled job in one line, at most once a minute, and drops records that add nothing to it. All other records
 * pass unchanged.
 */
@LoggingFilter(name = OutageLogFilter.NAME)
public final class OutageLogFilter implements Filter {
    /** The value for {@code quarkus.log.console.filter}. */
    public static final String NAME = "database-outage";

    private static final Logger LOG = Logger.getLogger(OutageLogFilter.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String SCHEDULER = StatusEmitterInvoker.class.getName();

    /** Logs a transaction that could not begin, or roll back: its caller gets the failure too, and reports it. */
    private static final String CONNECTION = "org.hibernate.reactive.pool.impl.SqlClientConnection";

    /** The pool's timer fails a query that has failed already (eclipse-vertx/vertx-sql-client#1706). */
    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    private final Map<String, Long> lastLoggedNanos = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    public OutageLogFilter() {
        this(System::nanoTime);
    }

    OutageLogFilter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable failure = record.getThrown();
        if (failure == null) {
            return true;
        }
        if (isFromPoolTimer(failure)) {
            return false;
        }
        if (!TransientFailures.isTransient(failure)) {
            return true;
        }
        if (Objects.equals(record.getLoggerName(), SCHEDULER)) {
            logOnce(jobOf(record), failure);
            return false;
        }
        return !Objects.equals(record.getLoggerName(), CONNECTION);
    }

    private static boolean isFromPoolTimer(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return failure instanceof IllegalStateException
                && stack.length > 1
                && stack[1].getClassName().equals(POOL);
    }

    private void logOnce(String job, Throwable failure) {
        long now = nanos.getAsLong();
        Long before = lastLoggedNanos.get(job);
        if (before == null || now - before >= INTERVAL_NANOS) {
            lastLoggedNanos.put(job, now);
            LOG.warnf(
                    "Scheduled job failed, will be retried: job=%s reason=%s",
                    job, TransientFailures.describe(failure));
        }
    }

    /** Returns the trigger, which names the method. */
    private static String jobOf(LogRecord record) {
        Object[] parameters = record.getParameters();
        return parameters == null || parameters.length == 0 ? record.getMessage() : String.valueOf(parameters[0]);
    }
}
