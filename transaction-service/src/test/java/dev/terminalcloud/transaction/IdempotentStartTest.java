package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts with an {@code Idempotency-Key} (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class IdempotentStartTest {
    @Inject
    TestFixtures shop;

    @Test
    void repetitionReturnsTheFirstTransaction() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer first = register.postsWithKey(register.purchase(500), "sale-1");

        Answer whileBusy = register.postsWithKey(register.purchase(500), "sale-1");
        assertThat(whileBusy.status()).isEqualTo(200);
        assertThat(whileBusy.transactionId()).isEqualTo(first.transactionId());
        assertThat(whileBusy.token()).isEqualTo(first.token());
        assertThat(whileBusy.data("PollingUrl")).isEqualTo(first.data("PollingUrl"));

        device.starts(first.transactionId());
        device.finishes(first.transactionId(), approved(500));
        awaitTrue(() -> "OK".equals(register.polls(first).data("Result")));
        Answer afterTheEnd = register.postsWithKey(register.purchase(500), "sale-1");
        assertThat(afterTheEnd.transactionId()).isEqualTo(first.transactionId());
        assertThat(afterTheEnd.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(afterTheEnd.data("PollingUrl")).isEqualTo(first.data("PollingUrl"));
        assertThat(transactionsOf(device)).isEqualTo(1);
    }

    @Test
    void simultaneousStartsMakeOneTransaction() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        List<CompletableFuture<Answer>> starts = IntStream.range(0, 8)
                .mapToObj(any -> register.postsWithKeyAsync(register.purchase(500), "same"))
                .toList();

        assertThat(starts).allSatisfy(start -> assertThat(start.join().status()).isEqualTo(200));
        assertThat(starts.stream().map(start -> start.join().transactionId()).distinct())
                .hasSize(1);
        assertThat(transactionsOf(device)).isEqualTo(1);
    }

    @Test
    void otherKeyIsAnotherTransaction() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer first = register.postsWithKey(register.purchase(500), "one");

        Answer busy = register.postsWithKey(register.purchase(500), "two");
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.error()).isEqualTo("device is busy");

        register.cancels(first);
        Answer second = register.postsWithKey(register.purchase(500), "two");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.transactionId()).isNotEqualTo(first.transactionId());
    }

    @Test
    void keyOfAnotherRegisterIsAnotherKey() {
        FakeRegister register = shop.register();
        FakeRegister other = shop.register();
        shop.deviceOf(register);
        shop.deviceOf(other);

        assertThat(register.postsWithKey(register.purchase(500), "key").transactionId())
                .isNotEqualTo(other.postsWithKey(other.purchase(500), "key").transactionId());
    }

    @ParameterizedTest
    @CsvSource({
        "AmountTotal, 501",
        "TransactionType, Card.Refund.",
        "POSReferenceID, other",
        "POSBusinessName, other",
        "PosNotificationCallbackUrl, http://localhost/other",
        "SaleData, {}"
    })
    void otherParametersAreRejected(String name, String value) {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        register.postsWithKey(register.purchase(500), "key");
        Map<String, String> other = register.purchase(500);
        other.put(name, value.endsWith(".") ? "Card.CashAdvance" : value);

        Answer answer = register.postsWithKey(other, "key");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.error()).isEqualTo("Idempotency-Key was used for another request");
    }

    @Test
    void repetitionIsAnsweredAfterThePairing() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer first = register.postsWithKey(register.purchase(500), "key");
        device.unpairedFrom(register, 2, 2);
        awaitTrue(() -> shop.count("pairing where register_id = $1 and version = 2", Tuple.of(register.id())) == 1);

        Answer again = register.postsWithKey(register.purchase(500), "key");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.transactionId()).isEqualTo(first.transactionId());
        assertThat(register.postsWithKey(register.purchase(500), "new").status())
                .isEqualTo(400);
    }

    @Test
    void synchronousRepetitionIsHeldForTheEnd() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.remove("TransactionMode");
        CompletableFuture<Answer> first = register.postsWithKeyAsync(parameters, "key");
        UUID transaction =
                device.awaitCommand(OfferTransaction.class, offer -> true).transactionId();

        CompletableFuture<Answer> again = register.postsWithKeyAsync(parameters, "key");
        device.starts(transaction);
        assertThat(again).isNotDone();
        device.finishes(transaction, approved(500));

        assertThat(again.join().transactionId()).isEqualTo(transaction);
        assertThat(again.join().data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(first.join()).isEqualTo(again.join());
    }

    @Test
    void rejectionStoresNothing() {
        FakeRegister register = shop.register();
        assertThat(register.postsWithKey(register.purchase(500), "key").status())
                .isEqualTo(400);
        FakeDevice device = shop.deviceOf(register);
        Answer running = register.pays(100);
        assertThat(register.postsWithKey(register.purchase(500), "key").status())
                .isEqualTo(429);
        register.cancels(running);

        assertThat(register.postsWithKey(register.purchase(700), "key").status())
                .isEqualTo(200);
        assertThat(transactionsOf(device)).isEqualTo(2);
    }

    @Test
    void tokenIsReplacedWhenItExpiresSoon() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer first = register.postsWithKey(register.purchase(500), "key");
        register.cancels(first);
        passes(first, "9 minutes");
        assertThat(register.postsWithKey(register.purchase(500), "key").token()).isEqualTo(first.token());

        passes(first, "2 minutes");
        register.polls(first);
        Answer again = register.postsWithKey(register.purchase(500), "key");

        assertThat(again.transactionId()).isEqualTo(first.transactionId());
        assertThat(again.token()).isNotEqualTo(first.token());
        assertThat(register.polls(again).status()).isEqualTo(200);
        assertThat(register.polls(again).body().path("merchantAccessToken").asText())
                .isEqualTo(again.token());
    }

    @Test
    void expiredTokenIsReplaced() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer first = register.postsWithKey(register.purchase(500), "key");
        register.cancels(first);
        passes(first, "16 minutes");
        assertThat(register.polls(first).error()).isEqualTo("Token expired");

        Answer again = register.postsWithKey(register.purchase(500), "key");

        assertThat(again.transactionId()).isEqualTo(first.transactionId());
        assertThat(register.polls(again).data("Result")).isEqualTo("CANCELLED");
    }

    @Test
    void sentPairingTokenIsCheckedBeforeTheKey() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        register.postsWithKey(register.purchase(500), "key");

        Answer guessed = register.sends(register.start(register.purchase(500))
                .header("Idempotency-Key", "key")
                .header("Pairing-Token", "guessed"));

        assertThat(guessed.status()).isEqualTo(401);
        assertThat(guessed.error()).isEqualTo("Invalid pairing token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "\"quoted\"", "4111111111111111", "' or 1=1 --", "%00", "{}"})
    void anyVisibleCharacterIsAllowed(String key) {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        String sent = key.replace(" ", "_");

        Answer first = register.postsWithKey(register.purchase(500), sent);

        assertThat(first.status()).isEqualTo(200);
        assertThat(register.postsWithKey(register.purchase(500), sent).transactionId())
                .isEqualTo(first.transactionId());
        assertThat(shop.count("transaction where idempotency_key_hash = $1", Tuple.of(sent)))
                .isZero();
    }

    @Test
    void keyOfMaximumLengthIsAllowed() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);

        assertThat(register.postsWithKey(register.purchase(500), "k".repeat(255))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void otherKeysAreRejectedBeforeAnythingStarts() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        for (String key : List.of("", "a b", "k".repeat(256), "a\tb")) {
            Answer answer = register.postsWithKey(register.purchase(500), key);
            assertThat(answer.status()).as(key).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        Answer twice = register.sends(register.start(register.purchase(500))
                .header("Idempotency-Key", "a")
                .header("Idempotency-Key", "b"));
        assertThat(twice.status()).isEqualTo(400);
        try (RawConnection connection =
                RawConnection.to(register.request("/").build().uri())) {
            assertThat(connection
                            .send("POST /POS/Transaction?" + FormBody.encode(register.purchase(500))
                                    + " HTTP/1.1\r\nHost: x\r\nIdempotency-Key: caf\u00e9\r\nContent-Length: 0\r\n\r\n")
                            .readUntil("}"))
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(transactionsOf(device)).isZero();
    }

    /** An earlier request with the key may have started something: the response must not deny it. */
    @Test
    void unavailableServiceDoesNotPromiseThatNothingWasStarted() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        register.postsWithKey(register.purchase(500), "key");

        Answer answer =
                shop.whileThePoolIsExhausted("transaction", () -> register.postsWithKey(register.purchase(500), "key"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error())
                .isEqualTo("The service is temporarily unavailable. Repeat the request with the same Idempotency-Key");
    }

    private void passes(Answer started, String time) {
        shop.execute(
                "update transaction set created_at = created_at - cast($2::text as interval), version = version + 1 where id = $1",
                Tuple.of(started.transactionId(), time));
    }

    private long transactionsOf(FakeDevice device) {
        return shop.count("transaction where device_id = $1", Tuple.of(device.id()));
    }
}
