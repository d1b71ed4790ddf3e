package dev.terminalcloud.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageLogFilterTest {
    private static final String SCHEDULER = "io.quarkus.scheduler.common.runtime.StatusEmitterInvoker";
    private static final String CONNECTION = "org.hibernate.reactive.pool.impl.SqlClientConnection";
    private final Throwable outage = new CompletionException(new IOException("connection reset"));
    private final Throwable wrong = new CompletionException(new IllegalArgumentException("no such column"));

    private final Logger own = Logger.getLogger(OutageLogFilter.class.getName());
    private final List<String> logged = new ArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(String.format(record.getMessage(), record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long nanos;
    private final OutageLogFilter filter = new OutageLogFilter(() -> nanos);

    @BeforeEach
    void listen() {
        own.addHandler(ear);
    }

    @AfterEach
    void stopListening() {
        own.removeHandler(ear);
    }

    @Test
    void transientJobFailureIsLoggedOnceAMinute() {
        for (int second = 0; second < 60; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            assertThat(filter.isLoggable(ofJob("trigger of Sweep#expire", outage)))
                    .isFalse();
        }
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0)).contains("job=trigger of Sweep#expire", "reason=CompletionException <- IOException");

        nanos = Duration.ofSeconds(60).toNanos();
        assertThat(filter.isLoggable(ofJob("trigger of Sweep#expire", outage))).isFalse();
        assertThat(logged).hasSize(2);
    }

    @Test
    void eachJobIsLogged() {
        assertThat(filter.isLoggable(ofJob("one", outage))).isFalse();
        assertThat(filter.isLoggable(ofJob("another", outage))).isFalse();
        assertThat(logged).hasSize(2);
    }

    @Test
    void permanentJobFailureIsLoggedUnchanged() {
        assertThat(filter.isLoggable(ofJob("one", wrong))).isTrue();
        assertThat(logged).isEmpty();
    }

    @Test
    void connectionMessagesOfAnOutageAreDropped() {
        assertThat(filter.isLoggable(record(CONNECTION, "Failed to rollback transaction", outage)))
                .isFalse();
        assertThat(filter.isLoggable(record(CONNECTION, "Failed to rollback transaction", wrong)))
                .isTrue();
    }

    @Test
    void poolTimerMessagesAreDropped() {
        IllegalStateException late = new IllegalStateException("Result is already complete");
        late.setStackTrace(new StackTraceElement[] {
            frame("io.vertx.core.Promise", "fail"),
            frame("io.vertx.sqlclient.impl.pool.SqlConnectionPool", "lambda$execute$3")
        });
        assertThat(filter.isLoggable(record("vertx", "Uncaught exception", late)))
                .isFalse();
        assertThat(filter.isLoggable(record("vertx", "Uncaught exception", new IllegalStateException())))
                .isTrue();
    }

    @Test
    void otherRecordsAreLoggedUnchanged() {
        assertThat(filter.isLoggable(record("dev.terminalcloud", "without a failure", null)))
                .isTrue();
        assertThat(filter.isLoggable(record("dev.terminalcloud", "with a transient failure", outage)))
                .isTrue();
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }

    private static LogRecord ofJob(String trigger, Throwable failure) {
        LogRecord record = record(SCHEDULER, "Error occurred while executing task for trigger %s", failure);
        record.setParameters(new Object[] {trigger});
        return record;
    }

    private static LogRecord record(String logger, String message, Throwable failure) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName(logger);
        record.setThrown(failure);
        return record;
    }
}
