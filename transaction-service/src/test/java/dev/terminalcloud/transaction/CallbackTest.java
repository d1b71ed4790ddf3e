package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.transaction.WebhookListener.Webhook;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Completion callbacks to the POS. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class CallbackTest {
    private static final int AT_THE_SAME_TIME = 4;

    private final WebhookListener pos = new WebhookListener(200);
    private final List<Webhook> received = pos.received();

    @Inject
    TestFixtures shop;

    @AfterEach
    void close() {
        pos.close();
    }

    @Test
    void bodyIsThePollsWithoutItsTokenAndSignedWithIt() throws Exception {
        FakeRegister register = shop.register();
        Answer started = completed(register);
        awaitTrue(() -> received.size() == 1);
        Webhook callback = received.get(0);

        ObjectNode poll = register.polls(started).body().deepCopy();
        poll.remove("merchantAccessToken");
        assertThat(callback.body()).isEqualTo(poll);
        assertThat(callback.signature())
                .isEqualTo(callback.signatureWith(started.token().getBytes(UTF_8)));
        awaitTrue(() -> pending(started) == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:%d/kasse 1/zürich?für=50%%, localhost:%d, /kasse%%201/z%%C3%%BCrich?f%%C3%%BCr=50%%25",
        "http://LOCALHOST:%d/%%41?a%%20b#top, localhost:%d, /%%41?a%%20b",
        "http://[::ffff:127.0.0.1]:%d, 127.0.0.1:%d, /"
    })
    void callbackIsSentToTheUrlThatIsStored(String url, String host, String target) {
        int port = pos.port();
        completed(shop.register(), url.formatted(port));
        awaitTrue(() -> received.size() == 1);
        assertThat(received.get(0).host()).isEqualTo(host.formatted(port));
        assertThat(received.get(0).target()).isEqualTo(target.formatted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://pos.example:0/", "http://127.1/", "no url"})
    void invalidUrlOfAnEarlierReleaseAffectsNoOtherCallback(String url) {
        pos.answer(500);
        Answer invalid = completed(shop.register());
        awaitTrue(() -> isReceived(invalid));
        shop.execute("update transaction set callback_url = $2 where id = $1", Tuple.of(invalid.transactionId(), url));
        pos.answer(204);
        makeDue(invalid);
        Answer other = completed(shop.register());
        awaitTrue(() -> pending(invalid) == 0 && isReceived(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://till:0/", "http://2130706433/", "http://[fe80::1%25eth0]/", "http://a..b/"})
    void urlIsCheckedBeforeThePayment(String url) {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.put("PosNotificationCallbackUrl", url);
        Answer rejected = register.posts(parameters);
        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.error()).startsWith("PosNotificationCallbackUrl must ");
    }

    @Test
    void underscoreInTheHostIsAccepted() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.put("PosNotificationCallbackUrl", "http://pos_server:8080/cb");
        assertThat(register.posts(parameters).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void failedCallbackIsRetriedWithTheSameId(int status) {
        pos.answer(status);
        Answer started = completed(shop.register());
        awaitTrue(() -> attempts(started, 1) == 1 && received.size() == 1);
        pos.answer(204);
        makeDue(started);
        awaitTrue(() -> pending(started) == 0);
        assertThat(received)
                .extracting(Webhook::id)
                .hasSize(2)
                .containsOnly(received.get(0).id());
    }

    @ParameterizedTest
    @CsvSource({"1, 30 seconds", "2, 2 minutes", "3, 10 minutes", "4, 1 hour", "5, 6 hours", "6, 24 hours"})
    void retryDelaysGrow(int attempts, String wait) {
        pos.answer(500);
        Answer started = completed(shop.register());
        awaitTrue(() -> attempts(started, 1) == 1);
        shop.execute(
                "update callback set attempts = $2, next_attempt_at = now() where transaction_id = $1",
                Tuple.of(started.transactionId(), attempts));
        awaitTrue(() -> shop.count(
                        "callback where transaction_id = $1 and attempts = $2 and next_attempt_at - now() between "
                                + "interval '%1$s' - interval '20 seconds' and interval '%1$s'".formatted(wait),
                        Tuple.of(started.transactionId(), attempts + 1))
                == 1);
    }

    @Test
    void retriesAreLimited() {
        pos.answer(500);
        Answer started = completed(shop.register());
        awaitTrue(() -> attempts(started, 1) == 1 && received.size() == 1);
        shop.execute("update callback set attempts = 7 where transaction_id = $1", Tuple.of(started.transactionId()));
        makeDue(started);
        awaitTrue(() -> pending(started) == 0);
        assertThat(received).hasSize(2);
    }

    @Test
    void allDueCallbacksAreSent() {
        pos.answer(500);
        List<Answer> started = Stream.generate(() -> completed(shop.register()))
                .limit(AT_THE_SAME_TIME)
                .toList();
        started.forEach(each -> awaitTrue(() -> attempts(each, 1) == 1));
        UUID[] ids = started.stream().map(Answer::transactionId).toArray(UUID[]::new);
        shop.execute(
                "update callback set next_attempt_at = now() + interval '2 seconds' where transaction_id = any($1)",
                Tuple.of(ids));
        pos.answer(204);

        awaitTrue(() -> shop.count("callback where transaction_id = any($1)", Tuple.of(ids)) == 0);
        for (UUID id : ids) {
            assertThat(received)
                    .filteredOn(each -> each.id().equals(id.toString()))
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void unresponsivePosDoesNotBlockOthers() {
        AtomicBoolean isLeft = new AtomicBoolean();
        CompletableFuture<Void> isAsked = new CompletableFuture<>();
        HttpServer unresponsive = pos.listen(request -> {
            request.connection().closeHandler(gone -> isLeft.set(true));
            isAsked.complete(null);
        });
        completed(shop.register(), unresponsive.actualPort());
        isAsked.join();

        Answer started = completed(shop.register());

        awaitTrue(() -> pending(started) == 0);
        assertThat(received).hasSize(1);
        assertThat(isLeft).isFalse();
    }

    private Answer completed(FakeRegister register) {
        return completed(register, pos.port());
    }

    private Answer completed(FakeRegister register, int port) {
        return completed(register, "http://localhost:" + port + "/done?sale=1");
    }

    private Answer completed(FakeRegister register, String url) {
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.put("PosNotificationCallbackUrl", url);
        Answer started = register.posts(parameters);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        return started;
    }

    private boolean isReceived(Answer started) {
        return received.stream()
                .anyMatch(each -> each.id().equals(started.transactionId().toString()));
    }

    private void makeDue(Answer started) {
        shop.execute(
                "update callback set next_attempt_at = now() where transaction_id = $1",
                Tuple.of(started.transactionId()));
    }

    private long attempts(Answer started, int attempts) {
        return shop.count(
                "callback where transaction_id = $1 and attempts = $2 and next_attempt_at < now() + interval '6 seconds'",
                Tuple.of(started.transactionId(), attempts));
    }

    private long pending(Answer started) {
        return shop.count("callback where transaction_id = $1", Tuple.of(started.transactionId()));
    }
}
