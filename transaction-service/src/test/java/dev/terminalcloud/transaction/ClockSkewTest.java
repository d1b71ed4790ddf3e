package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static java.time.Duration.ZERO;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.TransactionEvent.TransactionCompleted;
import dev.terminalcloud.transaction.WebhookListener.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock of the service's machine and the database's are an hour apart. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
@TestProfile(ClockSkewTest.ClockSkewProfile.class)
class ClockSkewTest {
    public static class ClockSkewProfile implements QuarkusTestProfile {
        /** PostgreSQL prefers this function to its own in what it prepares from now on. */
        static final String WRONG_TIME =
                """
                create function clock_timestamp() returns timestamptz language sql as
                $$ select pg_catalog.clock_timestamp() + interval '1 hour' $$
                """;

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.reactive.additional-properties.search_path", "transaction,pg_catalog");
        }
    }

    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    private final Clock machine = Clock.systemUTC();

    @BeforeEach
    void setDatabaseAnHourAhead() {
        shop.execute(ClockSkewProfile.WRONG_TIME, Tuple.tuple());
        prepareAgain("transaction");
        prepareAgain("callback");
    }

    /** Changes nothing, but that PostgreSQL prepares each statement with the table again. */
    private void prepareAgain(String table) {
        shop.execute("alter table " + table + " set (vacuum_truncate = true)", Tuple.tuple());
    }

    @AfterEach
    void restoreDatabaseClock() {
        shop.execute("drop function transaction.clock_timestamp()", Tuple.tuple());
    }

    @Test
    void factsAreDatedByTheDatabase() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        UUID id = register.pays(500).transactionId();
        device.starts(id);
        device.finishes(id, approved(500));

        awaitTrue(() -> completedAt(id).isPresent());
        Instant completed = completedAt(id).orElseThrow();
        assertAnHourAhead(completed);
        awaitTrue(() -> shop.count(
                        """
                        transaction where id = $1 and offered_at < started_at and started_at < finished_at
                            and finished_at between created_at + interval '59 minutes' and created_at + interval '61 minutes'
                            and finished_at = $2
                        """,
                        Tuple.of(id, completed.atOffset(UTC)))
                == 1);
    }

    /** A receiver rejects a callback whose time is more than five minutes off. */
    @Test
    void callbacksAreDatedByTheDatabase() {
        try (WebhookListener pos = new WebhookListener(200)) {
            FakeRegister register = shop.register();
            shop.deviceOf(register);
            Map<String, String> parameters = register.purchase(500);
            parameters.put("PosNotificationCallbackUrl", "http://localhost:" + pos.port());

            register.cancels(register.posts(parameters));

            awaitTrue(() -> !pos.received().isEmpty());
            Webhook callback = pos.received().get(0);
            assertAnHourAhead(Instant.ofEpochSecond(Long.parseLong(callback.timestamp())));
        }
    }

    private void assertAnHourAhead(Instant time) {
        Instant ahead = machine.instant().plus(Duration.ofHours(1));
        assertThat(Duration.between(time, ahead)).isBetween(ZERO, Duration.ofMinutes(1));
    }

    private Optional<Instant> completedAt(UUID id) {
        return kafkaClient.events(TransactionCompleted.class).stream()
                .filter(completed -> completed.transactionId().equals(id))
                .map(TransactionCompleted::completedAt)
                .findAny();
    }
}
