package dev.terminalcloud.transaction.servicelevel;

import static dev.terminalcloud.transaction.servicelevel.MeasuredPhase.ANSWER;
import static dev.terminalcloud.transaction.servicelevel.MeasuredPhase.DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.servicelevel.ServiceLevelTable.Measured;
import dev.terminalcloud.transaction.servicelevel.StatusAnswer.Percentiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answer of {@code GET /POS/Status} to the durations that all replicas have measured. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class ServiceStatusTest {
    private static final Duration FAST = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(5);

    @TestHTTPResource("/")
    URI service;

    @Inject
    Pool pool;

    @Inject
    ServiceLevelTable table;

    @Inject
    ServiceLevel running;

    @Inject
    TransactionConfiguration config;

    private final AtomicLong nanos = new AtomicLong();
    private ServiceLevel replica;

    @BeforeEach
    void forgetWhatOtherTestsMeasured() {
        running.save().await().indefinitely();
        pool.query("delete from service_level").executeAndAwait();
        replica = newReplica();
    }

    @Test
    void percentilesAreThoseOfAllReplicas() {
        ServiceLevel other = newReplica();
        measure(replica, DELIVERY, FAST, 60);
        measure(other, DELIVERY, FAST, 38);
        measure(other, DELIVERY, SLOW, 2);
        measure(replica, ANSWER, Duration.ofMillis(20), 1);

        StatusAnswer status = newStatus().current().await().indefinitely();

        assertThat(status.deliveryMillis()).isEqualTo(new Percentiles(within(FAST), within(SLOW)));
        assertThat(status.answerMillis())
                .isEqualTo(new Percentiles(within(Duration.ofMillis(20)), within(Duration.ofMillis(20))));
        assertThat(status.window()).isEqualTo("PT1H");
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVERY, 0, 0, ok",
        "DELIVERY, 1000, 10, ok",
        "DELIVERY, 1000, 11, degraded",
        "DELIVERY, 10, 2, ok",
        "DELIVERY, 10, 3, degraded",
        "ANSWER, 10, 3, degraded",
    })
    void statusIsDegradedWhileMoreThanOneInAHundredIsSlow(MeasuredPhase phase, int all, int slow, String expected) {
        measure(replica, phase, FAST, all - slow);
        measure(replica, phase, SLOW, slow);

        assertThat(newStatus().current().await().indefinitely().status()).isEqualTo(expected);
    }

    @Test
    void durationsOfEarlierMinutesCountForThePercentilesAndNotForTheStatus() {
        measure(replica, DELIVERY, SLOW, 10);
        pool.query("update service_level set minute = minute - interval '10 minutes'")
                .executeAndAwait();

        StatusAnswer status = newStatus().current().await().indefinitely();

        assertThat(status.status()).isEqualTo("ok");
        assertThat(status.deliveryMillis().p50()).isEqualTo(within(SLOW));
    }

    @Test
    void durationsOutsideTheWindowAreForgottenAndRemoved() {
        measure(replica, DELIVERY, SLOW, 10);
        pool.query("update service_level set minute = minute - interval '3 hours'")
                .executeAndAwait();
        measure(replica, DELIVERY, FAST, 1);

        assertThat(newStatus().current().await().indefinitely().deliveryMillis())
                .isEqualTo(new Percentiles(within(FAST), within(FAST)));
        assertThat(pool.query("select count(*) from service_level")
                        .executeAndAwait()
                        .iterator()
                        .next()
                        .getLong(0))
                .isOne();
    }

    @Test
    void statusIsReadAgainAfterTenSeconds() {
        ServiceStatus status = newStatus();
        StatusAnswer first = status.current().await().indefinitely();
        measure(replica, DELIVERY, FAST, 1);

        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(status.current().await().indefinitely()).isSameAs(first);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(status.current().await().indefinitely().deliveryMillis().p50())
                .isEqualTo(within(FAST));
    }

    @Test
    void whileTheDatabaseIsUnavailableTheLastKnownOneIsDegraded() {
        UnreliableTable unreliable = new UnreliableTable();
        ServiceStatus status = new ServiceStatus(unreliable, nanos::get, config);
        assertThat(status.current().await().indefinitely().status()).isEqualTo("ok");

        unreliable.isAvailable = false;
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(status.current().await().indefinitely().status()).isEqualTo("degraded");

        unreliable.isAvailable = true;
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(status.current().await().indefinitely().status()).isEqualTo("ok");
    }

    @Test
    void durationsThatCouldNotBeStoredAreStoredLater() {
        UnreliableTable unreliable = new UnreliableTable();
        unreliable.isAvailable = false;
        ServiceLevel measuring = new ServiceLevel(unreliable, config, new SimpleMeterRegistry());
        measuring.record(DELIVERY, FAST);
        measuring.save().await().indefinitely();
        measuring.record(DELIVERY, FAST);

        unreliable.isAvailable = true;
        measuring.save().await().indefinitely();
        measuring.save().await().indefinitely();

        assertThat(unreliable.added).isEqualTo(List.of(Map.of(DELIVERY, Map.of(DurationBucket.of(FAST), 2L))));
    }

    @Test
    void statusAsksForNoCredential() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.resolve("/pos/STATUS")).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches(
                        "\\{\"status\":\"(ok|degraded)\",\"deliveryMillis\":\\{\"p50\":(null|\\d+),\"p99\":(null|\\d+)},"
                                + "\"answerMillis\":\\{\"p50\":(null|\\d+),\"p99\":(null|\\d+)},\"window\":\"PT1H\"}");
    }

    private ServiceLevel newReplica() {
        return new ServiceLevel(table, config, new SimpleMeterRegistry());
    }

    private ServiceStatus newStatus() {
        return new ServiceStatus(table, nanos::get, config);
    }

    private static void measure(ServiceLevel replica, MeasuredPhase phase, Duration duration, int times) {
        for (int i = 0; i < times; i++) {
            replica.record(phase, duration);
        }
        replica.save().await().indefinitely();
    }

    private static Long within(Duration duration) {
        return DurationBucket.middleMillis(DurationBucket.of(duration));
    }

    /** A table whose database may be unavailable. */
    private static final class UnreliableTable extends ServiceLevelTable {
        private final List<Map<MeasuredPhase, Map<Integer, Long>>> added = new ArrayList<>();
        private boolean isAvailable = true;

        UnreliableTable() {
            super(null);
        }

        @Override
        Uni<Void> add(Map<MeasuredPhase, Map<Integer, Long>> samples) {
            return ifAvailable(null).invoke(() -> added.add(samples)).replaceWithVoid();
        }

        @Override
        Uni<Map<MeasuredPhase, Measured>> find() {
            return ifAvailable(Map.of());
        }

        private <T> Uni<T> ifAvailable(T answer) {
            return isAvailable
                    ? Uni.createFrom().item(answer)
                    : Uni.createFrom().failure(new IllegalStateException("not available"));
        }
    }
}
