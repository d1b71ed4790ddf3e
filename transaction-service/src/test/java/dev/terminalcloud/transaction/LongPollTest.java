package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls that wait for a change (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class LongPollTest {
    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    @Inject
    MeterRegistry metrics;

    @Test
    void pollIsAnsweredAtTheNextVersion() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);

        CompletableFuture<Answer> poll = register.pollsAsync(started, "&wait=50&version=" + version(started));
        awaitHeld(1);
        assertThat(poll).isNotDone();
        device.starts(started.transactionId());

        assertThat(poll.join().data("Delivery")).isEqualTo("STARTED");
        assertThat(version(poll.join())).isEqualTo(version(started) + 1);
        awaitHeld(0);
    }

    @Test
    void pollWithoutVersionWaitsForTheNextChange() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());

        CompletableFuture<Answer> poll = register.pollsAsync(started, "&wait=50");
        awaitHeld(1);
        device.shows(started.transactionId(), "ENTER PIN");

        assertThat(poll.join().data("Prompt")).isEqualTo("ENTER PIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "999999999999999999"})
    void otherVersionIsAnsweredAtOnce(String seen) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer polled = register.pollsAsync(started, "&wait=50&version=" + seen).join();

        assertThat(polled).isEqualTo(register.polls(started));
    }

    @Test
    void endedTransactionIsAnsweredAtOnce() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        Answer cancelled = register.cancels(started);

        assertThat(register.pollsAsync(started, "&wait=50&version=" + version(cancelled))
                        .join())
                .isEqualTo(cancelled);
    }

    @Test
    void unchangedTransactionIsAnsweredWhenTheTimeIsUp() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer polled = register.pollsAsync(started, "&wait=1&version=" + version(started))
                .join();

        assertThat(version(polled)).isEqualTo(version(started));
        awaitHeld(0);
    }

    /** As if another replica had made the change: the database has it, and its event wakes the poll. */
    @Test
    void changeOfAnotherReplicaIsAnswered() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        CompletableFuture<Answer> poll = register.pollsAsync(started, "&wait=50&version=" + version(started));
        awaitHeld(1);

        shop.execute(
                "update transaction set delayed_at = now(), version = version + 1 where id = $1",
                Tuple.of(started.transactionId()));
        kafkaClient.send(
                Topic.TRANSACTION_EVENTS, new TransactionDelayed(started.transactionId(), version(started) + 1));

        assertThat(poll.join().data("Result")).isEqualTo("DELAYED-TRANSACTION");
    }

    @Test
    void clientThatLeavesIsNoLongerHeld() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        RawConnection connection =
                RawConnection.to(register.request("/").build().uri());
        connection.send("GET /pos/transaction/%s?merchantAccessToken=%s&wait=50 HTTP/1.1\r\nHost: x\r\n\r\n"
                .formatted(started.transactionId(), started.token()));
        awaitHeld(1);

        connection.close();

        awaitHeld(0);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK".equals(register.polls(started).data("Result")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "51", "1e9", "1.5", "x", "99999999999999999999", "%D9%A1"})
    void badTimeIsRejected(String wait) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer polled = register.pollsAsync(started, "&wait=" + wait).join();

        assertThat(polled.status()).isEqualTo(400);
        assertThat(polled.error()).isEqualTo("wait must be a whole number of seconds from 1 to 50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.0", "9999999999999999999"})
    void badVersionIsRejected(String version) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer polled =
                register.pollsAsync(started, "&wait=1&version=" + version).join();

        assertThat(polled.status()).isEqualTo(400);
        assertThat(polled.error()).isEqualTo("version must be a whole number of at most 18 digits");
    }

    @Test
    void wrongTokenIsNotHeld() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer polled =
                register.gets("/pos/transaction/" + started.transactionId() + "?wait=50&merchantAccessToken=wrong");

        assertThat(polled.status()).isEqualTo(401);
        assertThat(polled.error()).isEqualTo("Invalid token");
    }

    private void awaitHeld(int requests) {
        awaitTrue(() -> metrics.get("transaction.requests.held").gauge().value() == requests);
    }

    private static long version(Answer answer) {
        return answer.body().path("version").asLong();
    }
}
