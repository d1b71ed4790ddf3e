package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polling: its authentication, and the state of a running transaction. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class PollingTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Test
    void runningTransactionHasNoResult() {
        FakeRegister register = shop.register();
        Answer started = started(register);
        Answer polled = register.polls(started);
        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.body().path("transactionStatus").asText()).isEqualTo("PENDING");
        assertThat(polled.body().path("data").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "PosVendor",
                        "PosRegisterID",
                        "PosBusinessName",
                        "AmountTotal",
                        "DeviceID",
                        "Function",
                        "Delivery");
        assertThat(polled.body().fieldNames())
                .toIterable()
                .containsExactly(
                        "transactionId",
                        "transactionTimeStamp",
                        "merchantId",
                        "deviceId",
                        "transactionStatus",
                        "merchantAccessToken",
                        "version",
                        "RecordExpiry",
                        "data");
        assertThat(started.body().has("RecordExpiry")).isFalse();
        for (String member : new String[] {"transactionId", "transactionTimeStamp", "merchantId", "deviceId"}) {
            assertThat(polled.body().path(member))
                    .as(member)
                    .isEqualTo(started.body().path(member));
        }
    }

    @Test
    void recordExpires180DaysAfterTheIntake() {
        FakeRegister register = shop.register();
        Instant expiry = Instant.parse(
                register.polls(started(register)).body().path("RecordExpiry").asText());
        assertThat(Duration.between(Instant.now().plus(Duration.ofDays(180)), expiry)
                        .abs())
                .isLessThan(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?merchantAccessToken=00000000-0000-0000-0000-000000000000", "?merchantAccessToken=", "", "?x=1"
            })
    void wrongTokenIsRefused(String query) {
        FakeRegister register = shop.register();
        Answer started = started(register);
        assertInvalid(register.gets("/pos/transaction/" + started.transactionId() + query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "1", "no-uuid", "%20"})
    void unknownTransactionLooksLikeAWrongToken(String id) {
        assertInvalid(shop.register().gets("/pos/transaction/" + id + "?merchantAccessToken=" + UUID.randomUUID()));
    }

    @Test
    void tokenExpiresAfterAQuarterOfAnHour() {
        FakeRegister register = shop.register();
        Answer started = started(register);
        shop.execute(
                "update transaction set created_at = created_at - interval '15 minutes' where id = $1",
                Tuple.of(started.transactionId()));
        Answer polled = register.polls(started);
        assertThat(polled.status()).isEqualTo(401);
        assertThat(polled.error()).isEqualTo("Token expired");
    }

    @Test
    void wrongTokensAreCounted() {
        FakeRegister register = shop.register();
        Answer started = started(register);
        double counted = rejectedTokens("invalid");

        register.gets("/pos/transaction/" + started.transactionId() + "?merchantAccessToken=wrong");
        register.gets("/pos/transaction/no-uuid");
        register.gets("/pos/transaction/" + UUID.randomUUID());

        assertThat(rejectedTokens("invalid")).isEqualTo(counted + 3);
    }

    @Test
    void expiredTokensAreCounted() {
        FakeRegister register = shop.register();
        Answer started = started(register);
        double counted = rejectedTokens("expired");

        shop.execute(
                "update transaction set created_at = created_at - interval '15 minutes' where id = $1",
                Tuple.of(started.transactionId()));
        register.polls(started);

        assertThat(rejectedTokens("expired")).isEqualTo(counted + 1);
    }

    @Test
    void pollsOfAFinishedTransactionNeedNoDatabase() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), FakeDevice.approved(500));
        Answer completed = register.awaitsEnd(started);

        Answer polled = shop.whileReadsAreBlocked("transaction", () -> register.polls(started));
        assertThat(polled).isEqualTo(completed);
        assertInvalid(shop.whileReadsAreBlocked(
                "transaction",
                () -> register.gets("/pos/transaction/" + started.transactionId() + "?merchantAccessToken=wrong")));
    }

    @Test
    void changeByAnotherReplicaIsShownWithoutItsEvent() {
        FakeRegister register = shop.register();
        Answer started = started(register);
        assertThat(register.polls(started).data("Result")).isNull();
        shop.execute(
                "update transaction set delayed_at = now(), version = version + 1 where id = $1",
                Tuple.of(started.transactionId()));
        assertThat(register.polls(started).data("Result")).isEqualTo("DELAYED-TRANSACTION");
    }

    private double rejectedTokens(String reason) {
        return metrics.get("transaction.tokens.rejected")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private Answer started(FakeRegister register) {
        shop.pairedDeviceOf(register);
        return register.pays(500);
    }

    private static void assertInvalid(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("Invalid token");
    }
}
