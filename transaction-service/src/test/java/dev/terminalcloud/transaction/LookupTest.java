package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.posapi.PairingToken;
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
import org.junit.jupiter.api.Test;

/** Registers that find their transactions again: by their own reference, and by id (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class LookupTest {
    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    @Test
    void referenceIsReturnedAndFound() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer first = starts(register, "Sale & 1 é");
        register.cancels(first);
        Answer other = starts(register, "Sale 2");
        register.cancels(other);
        Answer second = starts(register, "Sale & 1 é");
        assertThat(first.data("POSReferenceID")).isEqualTo("Sale & 1 é");
        assertThat(register.polls(first).data("POSReferenceID")).isEqualTo("Sale & 1 é");

        assertThat(idsOf(register.lists(with(register, "Sale & 1 é"))))
                .containsExactly(second.transactionId(), first.transactionId());
        assertThat(idsOf(register.lists(register.names())))
                .containsExactly(second.transactionId(), other.transactionId(), first.transactionId());
        assertThat(register.lists(with(register, "unknown")).body()).hasToString("{\"transactions\":[]}");
    }

    @Test
    void listedTransactionIsThePollBodyWithItsUrl() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = starts(register, "sale");
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK".equals(register.polls(started).data("Result")));

        JsonNode listed = register.lists(register.names())
                .body()
                .path("transactions")
                .get(0)
                .deepCopy();

        assertThat(listed.path("data").path("PollingUrl").asText()).isEqualTo(started.data("PollingUrl"));
        ((ObjectNode) listed.path("data")).remove("PollingUrl");
        assertThat(listed).isEqualTo(register.polls(started).body());
    }

    @Test
    void listedUrlOfAnOldTransactionIsFresh() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = starts(register, "sale");
        register.cancels(started);
        shop.execute(
                "update transaction set created_at = created_at - interval '40 days', callback_url = null, access_erased_at = now(),"
                        + " access_token = gen_random_uuid() where id = $1",
                Tuple.of(started.transactionId()));

        String url = register.lists(register.names())
                .body()
                .path("transactions")
                .get(0)
                .path("data")
                .path("PollingUrl")
                .asText();

        Answer polled = register.gets(url.substring("http://gateway.test".length()));
        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.data("Result")).isEqualTo("CANCELLED");
    }

    @Test
    void listIsLimitedToTheNewestHundred() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        Answer started = starts(register, "sale");
        register.cancels(started);
        shop.execute(
                "insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,"
                        + " function, phase, created_at, expires_at, overdue_at, finished_at, outcome)"
                        + " select gen_random_uuid(), gen_random_uuid(), $1, $2, $3, $4, 1, 'CARD_PURCHASE', 'COMPLETED',"
                        + " now() - make_interval(mins => n), now(), now(), now(), '{\"result\":\"OK\"}'"
                        + " from generate_series(1, 120) n",
                Tuple.of(register.vendor(), register.business(), register.id(), device.id()));

        List<UUID> ids = idsOf(register.lists(register.names()));

        assertThat(ids).hasSize(100).startsWith(started.transactionId());
    }

    @Test
    void otherClientListsNothing() {
        FakeRegister register = shop.register();
        FakeRegister other = shop.register();
        shop.deviceOf(register);
        shop.deviceOf(other);
        starts(register, "sale");
        String list = "/POS/Transaction?" + FormBody.encode(register.names());

        assertRejected(register.gets(list), "Pairing-Token is missing");
        assertRejected(
                register.sends(register.request(list).header("Pairing-Token", "guessed")), "Invalid pairing token");
        assertRejected(
                register.sends(register.request(list)
                        .header("Pairing-Token", other.pairingToken().text())),
                "Invalid pairing token");
        assertThat(other.lists(other.names()).body()).hasToString("{\"transactions\":[]}");
    }

    @Test
    void tooLongReferenceIsRejected() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);

        Answer start = starts(register, "r".repeat(65));
        Answer list = register.lists(with(register, "r".repeat(65)));

        assertThat(start.status()).isEqualTo(400);
        assertThat(start.error()).isEqualTo("POSReferenceID must be at most 64 characters");
        assertThat(list.status()).isEqualTo(400);
        assertThat(starts(register, "\uD83D\uDE00".repeat(64)).status()).isEqualTo(200);
    }

    @Test
    void cardNumberInAReferenceIsMaskedAlike() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer started = starts(register, "4111111111111111");

        assertThat(started.data("POSReferenceID")).doesNotContain("411111111111");
        assertThat(idsOf(register.lists(with(register, "4111111111111111")))).containsExactly(started.transactionId());
    }

    @Test
    void registerReadsItsResultWithItsToken() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK".equals(register.polls(started).data("Result")));
        Answer polled = register.polls(started);

        assertThat(looksUp(register, started)).isEqualTo(polled);
        shop.execute(
                "update transaction set created_at = created_at - interval '15 minutes' where id = $1",
                Tuple.of(started.transactionId()));
        assertThat(looksUp(register, started).data("Result")).isEqualTo("OK");
    }

    @Test
    void tokenOfTheNextPairingServesToo() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        register.cancels(started);
        kafkaClient.send(
                Topic.PAIRING_EVENTS,
                new RegisterPaired(
                        register.vendor(),
                        register.id(),
                        2,
                        register.business(),
                        "Till",
                        device.id(),
                        2,
                        new PairingToken("new token").hash()));
        awaitTrue(() -> shop.count("pairing where register_id = $1 and version = 2", Tuple.of(register.id())) == 1);

        assertThat(register.looksUp(started.transactionId().toString(), "new token")
                        .status())
                .isEqualTo(200);
        assertRejected(looksUp(register, started), "Invalid pairing token");
    }

    @Test
    void otherRegistersTransactionLooksLikeAnUnknownOne() {
        FakeRegister register = shop.register();
        FakeRegister other = shop.register();
        shop.deviceOf(register);
        shop.deviceOf(other);
        Answer started = register.pays(500);

        Answer ofAnother = looksUp(other, started);

        assertRejected(ofAnother, "Invalid pairing token");
        assertThat(other.looksUp(
                        UUID.randomUUID().toString(), other.pairingToken().text()))
                .isEqualTo(ofAnother);
        assertThat(other.looksUp("no-uuid", other.pairingToken().text())).isEqualTo(ofAnother);
    }

    @Test
    void expiredRecordLooksLikeAnUnknownOne() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer started = register.pays(500);
        register.cancels(started);
        shop.execute(
                "update transaction set created_at = created_at - interval '180 days', version = version + 1 where id = $1",
                Tuple.of(started.transactionId()));

        assertRejected(looksUp(register, started), "Invalid pairing token");
        assertThat(register.lists(register.names()).body()).hasToString("{\"transactions\":[]}");
    }

    /** A register that is paired again in the middle of a payment must not lose it at its next poll. */
    @Test
    void pollingTokenAloneDecidesBesideAPairingToken() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer started = register.pays(500);

        Answer polled = register.sends(register.request(
                        "/pos/transaction/" + started.transactionId() + "?merchantAccessToken=" + started.token())
                .header("Pairing-Token", "of an earlier pairing"));

        assertThat(polled).isEqualTo(register.polls(started));
    }

    private static Answer starts(FakeRegister register, String reference) {
        Map<String, String> parameters = register.purchase(500);
        parameters.put("POSReferenceID", reference);
        return register.posts(parameters);
    }

    private static Map<String, String> with(FakeRegister register, String reference) {
        Map<String, String> parameters = register.names();
        parameters.put("POSReferenceID", reference);
        return parameters;
    }

    private static Answer looksUp(FakeRegister register, Answer started) {
        return register.looksUp(
                started.transactionId().toString(), register.pairingToken().text());
    }

    private static List<UUID> idsOf(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().path("transactions").findValuesAsText("transactionId").stream()
                .map(UUID::fromString)
                .toList();
    }

    private static void assertRejected(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo(error);
    }
}
