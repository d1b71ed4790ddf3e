package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.FakeOperator.VIEWER;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that could not be read or applied, and what an operator can do about them. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class DeadLetterTest {
    private static final String DEAD_LETTERS = "/admin/dead-letters";

    private final String key = UUID.randomUUID().toString();

    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    @AfterEach
    void restore() {
        shop.execute("drop trigger if exists refuse on device_session", Tuple.tuple());
    }

    @Test
    void deadLetterShowsPositionAndReasonWithoutSecrets() {
        JsonObject letter = deadLetterOf("no event");

        assertThat(letter.getString("topic")).isEqualTo("device-events.dlq");
        assertThat(letter.getString("source")).matches("device-events/[0-9]+/[0-9]+");
        assertThat(letter.getString("exception")).endsWith("MalformedEventException");
        assertThat(letter.getString("reason")).startsWith("Malformed event on topic device-events");
        assertThat(letter.getInstant("at")).isNotNull();
        assertThat(letter.getInteger("size")).isEqualTo(8);
        assertThat(letter.containsKey("payload")).isFalse();
    }

    @Test
    void payloadIsShownWithoutSecretsAndReceipts() {
        JsonObject letter = deadLetterOf(
                """
                {"type":"device.transaction-finished.v1","sessionId":"none","report":{"receipt":"MY RECEIPT","cardPan":"MY PAN",
                "authId":"123456"},"pairingToken":"MY TOKEN","long":"%s"}
                """
                        .formatted("y".repeat(1_000)));

        JsonObject payload = letter.getJsonObject("payload");
        assertThat(payload.getJsonObject("report").getString("authId")).isEqualTo("123456");
        assertThat(payload.getString("long")).hasSizeLessThan(210);
        assertThat(letter.encode()).doesNotContain("MY RECEIPT", "MY TOKEN", "MY PAN");
    }

    @Test
    void droppedDeadLetterDisappears() {
        JsonObject letter = deadLetterOf("no event");

        assertThat(outcome(perform(letter, "drop"))).isEqualTo("DONE");

        assertThat(deadLetters()).isEmpty();
        assertThat(outcome(perform(letter, "drop"))).isEqualTo("UNCHANGED");
        assertThat(perform(letter, "retry").status()).isEqualTo(409);
        assertThat(perform(letter, "retry").error()).isEqualTo("Already dropped");
    }

    @Test
    void changesAreAudited() {
        JsonObject letter = deadLetterOf("no event");
        perform(letter, "drop");

        JsonObject entry = OPERATOR.gets("/admin/audit?action=DROP_DEAD_LETTER&limit=1")
                .body()
                .getJsonArray("entries")
                .getJsonObject(0);

        assertThat(entry.getString("principal")).isEqualTo("operator");
        assertThat(entry.getJsonObject("details").getString("key")).isEqualTo(key);
        assertThat(entry.getJsonObject("details").getLong("offset")).isEqualTo(letter.getLong("offset"));
    }

    @Test
    void retriedDeadLetterIsApplied() {
        FakeDevice device = shop.device();
        refuseSessionsOf(device);
        device.connected();
        JsonObject letter = awaitDeadLetter(device.id());
        restore();

        assertThat(outcome(perform(letter, "retry"))).isEqualTo("DONE");

        awaitTrue(() -> shop.count("device_session where session_id = $1", Tuple.of(device.session())) == 1);
        assertThat(deadLetters(device.id())).isEmpty();
    }

    @Test
    void failingRetryIsANewDeadLetter() {
        JsonObject letter = deadLetterOf("no event");

        perform(letter, "retry");

        awaitTrue(() -> deadLetters().size() == 1
                && !deadLetters().get(0).getLong("offset").equals(letter.getLong("offset")));
        assertThat(outcome(perform(letter, "retry"))).isEqualTo("UNCHANGED");
    }

    /** A Kafka that has lost its data gives out the same positions again. */
    @Test
    void resolutionThatIsOlderThanTheRecordIsThatOfAnotherOne() {
        JsonObject letter = deadLetterOf("no event");
        perform(letter, "drop");

        shop.execute(
                "update resolved_dead_letter set resolved_at = now() - interval '2 hours' where record_offset = $1",
                Tuple.of(letter.getLong("offset")));

        assertThat(deadLetters()).hasSize(1);
        assertThat(outcome(perform(letter, "drop"))).isEqualTo("DONE");
        assertThat(outcome(perform(letter, "drop"))).isEqualTo("UNCHANGED");
    }

    @Test
    void ofTwoOperatorsWhoRetryOneDoes() {
        JsonObject letter = deadLetterOf("no event");
        CompletableFuture<FakeOperator.Answer> first = CompletableFuture.supplyAsync(() -> perform(letter, "retry"));
        CompletableFuture<FakeOperator.Answer> second = CompletableFuture.supplyAsync(() -> perform(letter, "retry"));

        assertThat(List.of(outcome(first.join()), outcome(second.join())))
                .containsExactlyInAnyOrder("DONE", "UNCHANGED");
    }

    @Test
    void oldStateIsNotPublishedOverANewerOne() {
        kafkaClient.sendText(Topic.PAIRING_EVENTS, key, "no event");
        JsonObject letter = awaitDeadLetter(key);

        FakeOperator.Answer answer = perform(letter, "retry");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error())
                .startsWith("Retrying would overwrite newer state on the compacted topic pairing-events");
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void deadLettersOfAnotherServiceAreHidden() {
        kafkaClient.sendDeadLetter(Topic.DEVICE_EVENTS, key, "pairing-service");
        JsonObject own = deadLetterOf("no event");

        assertThat(deadLetters()).hasSize(1);
        String other = "/device-events.dlq/0/" + (own.getLong("offset") - 1);
        assertThat(OPERATOR.sends("POST", DEAD_LETTERS + other + "/drop", null).status())
                .isEqualTo(404);
    }

    @Test
    void pagesShowEachOnce() {
        deadLetterOf("no event");
        kafkaClient.sendText(Topic.DEVICE_EVENTS, key, "no event");
        awaitTrue(() -> deadLetters().size() == 2);

        List<String> places = all("limit=1").stream()
                .map(letter -> letter.getString("topic") + letter.getLong("offset"))
                .toList();

        assertThat(places).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/device-events.dlq/0/999999999/drop  | 404 | No dead letter of this service at"
                        + " device-events.dlq/0/999999999",
                "/device-events.dlq/7/0/retry         | 404 | No dead letter of this service at"
                        + " device-events.dlq/7/0",
                "/device-events.dlq/0/x/drop          | 400 | offset must be a non-negative integer",
                "/device-events.dlq/x/0/drop          | 400 | partition must be a non-negative integer",
            })
    void unknownPositionIsRejected(String place, int status, String error) {
        FakeOperator.Answer answer = OPERATOR.sends("POST", DEAD_LETTERS + place, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void unknownTopicIsRejected() {
        assertThat(OPERATOR.sends("POST", DEAD_LETTERS + "/device-events/0/0/drop", null)
                        .error())
                .startsWith("topic must be one of [device-commands.dlq, device-events.dlq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "drop"})
    void viewerCanReadButNotChange(String what) {
        assertThat(VIEWER.sends("POST", DEAD_LETTERS + "/device-events.dlq/0/0/" + what, null)
                        .status())
                .isEqualTo(403);
        assertThat(VIEWER.gets(DEAD_LETTERS).status()).isEqualTo(200);
    }

    private JsonObject deadLetterOf(String text) {
        kafkaClient.sendText(Topic.DEVICE_EVENTS, key, text);
        return awaitDeadLetter(key);
    }

    private static JsonObject awaitDeadLetter(String key) {
        awaitTrue(() -> !deadLetters(key).isEmpty());
        return deadLetters(key).get(0);
    }

    private List<JsonObject> deadLetters() {
        return deadLetters(key);
    }

    private static List<JsonObject> deadLetters(String key) {
        return all("limit=500").stream()
                .filter(letter -> key.equals(letter.getString("key")))
                .toList();
    }

    private static List<JsonObject> all(String query) {
        List<JsonObject> all = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonObject page = OPERATOR.gets(DEAD_LETTERS + "?" + query + after).body();
            page.getJsonArray("deadLetters").stream()
                    .map(JsonObject.class::cast)
                    .forEach(all::add);
            after = page.containsKey("next") ? "&after=" + page.getString("next") : null;
        }
        return all;
    }

    private static FakeOperator.Answer perform(JsonObject letter, String what) {
        return OPERATOR.sends(
                "POST",
                "%s/%s/%d/%d/%s"
                        .formatted(
                                DEAD_LETTERS,
                                letter.getString("topic"),
                                letter.getInteger("partition"),
                                letter.getLong("offset"),
                                what),
                null);
    }

    private static String outcome(FakeOperator.Answer answer) {
        return answer.body().getString("outcome");
    }

    private void refuseSessionsOf(FakeDevice device) {
        shop.execute(
                """
                create or replace function refuse() returns trigger language plpgsql as $$
                begin
                    if new.device_id = '%s' then
                        raise exception 'refused by the test' using errcode = '23514';
                    end if;
                    return new;
                end $$
                """
                        .formatted(device.id()),
                Tuple.tuple());
        shop.execute(
                "create trigger refuse before insert on device_session for each row execute function refuse()",
                Tuple.tuple());
    }
}
