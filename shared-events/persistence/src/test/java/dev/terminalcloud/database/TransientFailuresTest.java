package dev.terminalcloud.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "25P03", "40001", "40P01", "53100", "53300", "55P03", "57P01", "57P03"})
    void transientSqlStatesAreTransient(String state) {
        assertThat(TransientFailures.isTransient(refusal(state))).isTrue();
        assertThat(TransientFailures.isTransient(new IllegalStateException(new SQLException("reason", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "25P02", "23514", "42601", "28000"})
    void otherSqlStatesArePermanent(String state) {
        assertThat(TransientFailures.isTransient(refusal(state))).isFalse();
        assertThat(TransientFailures.isTransient(new IllegalStateException(new SQLException("reason", state))))
                .isFalse();
    }

    @Test
    void onlyAPermanentSqlStateIsARejection() {
        assertThat(TransientFailures.isRejection(new IllegalStateException(refusal("23514"))))
                .isTrue();
        assertThat(TransientFailures.isRejection(refusal("57P01"))).isFalse();
        assertThat(TransientFailures.isRejection(new NullPointerException())).isFalse();
        assertThat(connectionFailures()).noneMatch(TransientFailures::isRejection);
    }

    static Stream<Throwable> connectionFailures() {
        return Stream.of(
                new ConnectException(),
                new IOException(),
                new TimeoutException(),
                new io.smallrye.mutiny.TimeoutException(),
                ClosedConnectionException.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("connectionFailures")
    void connectionFailureIsTransient(Throwable failure) {
        assertThat(TransientFailures.isTransient(failure)).isTrue();
        assertThat(TransientFailures.isTransient(new IllegalStateException(failure)))
                .isTrue();
    }

    @Test
    void programmingErrorIsPermanent() {
        assertThat(TransientFailures.isTransient(new NullPointerException())).isFalse();
        assertThat(TransientFailures.isTransient(new IllegalArgumentException("wrong")))
                .isFalse();
    }

    @Test
    void sqlStateTakesPrecedenceOverTheExceptionType() {
        assertThat(TransientFailures.isTransient(new IOException(refusal("23505"))))
                .isFalse();
    }

    @Test
    void descriptionQuotesNoValues() {
        Throwable failure = new IllegalStateException("secret", new SQLException("Key (code)=(12345678)", "23505"));

        assertThat(TransientFailures.describe(failure)).isEqualTo("IllegalStateException <- SQLException[23505]");
    }

    private static PgException refusal(String state) {
        return new PgException("reason", "ERROR", state, "detail");
    }
}
