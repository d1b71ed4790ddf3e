package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.FakeOperator.manualOutcome;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.TransactionEvent.TransactionCompleted;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Manual resolution of a transaction by an operator. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class ManualResolutionTest {
    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    @Test
    void registerSeesItLikeAnyOther() {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);
        long version = stuck.polled().body().path("version").asLong();

        FakeOperator.Answer answer = OPERATOR.resolves(
                stuck.id(),
                FakeOperator.approved(540).put("amountSurchargeCents", 25).put("amountTipCents", 15));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().getString("outcome")).isEqualTo("DONE");
        Answer polled = stuck.polled();
        assertThat(polled.body().path("transactionStatus").asText()).isEqualTo("COMPLETED");
        assertThat(polled.body().path("version").asLong()).isEqualTo(version + 1);
        assertThat(polled.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(polled.data("Result")).isEqualTo("OK");
        assertThat(polled.data("AmountTotal")).isEqualTo("540");
        assertThat(polled.data("AmountSurcharge")).isEqualTo("25");
        assertThat(polled.data("AmountTip")).isEqualTo("15");
        assertThat(polled.data("CardType")).isEqualTo("VISA");
        assertThat(polled.data("RequestId")).isEqualTo(stuck.id().toString());
        assertThat(polled.data("Receipt")).isNull();
        assertThat(polled.data("ResultText")).isNull();
        awaitTrue(() -> kafkaClient.events(TransactionCompleted.class).stream()
                .anyMatch(event -> event.transactionId().equals(stuck.id())
                        && event.amounts().amountTotalCents() == 540));
    }

    @ParameterizedTest
    @CsvSource({
        "declined, OK-DECLINED, OK",
        "unavailable, OK-UNAVAILABLE, OK",
        "cancelled, CANCELLED, CANCELLED",
        "failed, FAILED, FAILED"
    })
    void eachResultIsOneThatThePosApiHas(String resolution, String transactionResult, String result) {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);

        assertThat(OPERATOR.resolves(stuck.id(), manualOutcome(resolution)).status())
                .isEqualTo(200);

        assertThat(stuck.polled().data("TransactionResult")).isEqualTo(transactionResult);
        assertThat(stuck.polled().data("Result")).isEqualTo(result);
        assertThat(stuck.polled().data("AmountTotal")).isEqualTo("500");
        assertThat(stuck.polled().data("AmountTip")).isNull();
    }

    @Test
    void posGetsItsCallback() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> purchase = register.purchase(500);
        purchase.put("PosNotificationCallbackUrl", "http://localhost:1/done");
        UUID id = register.posts(purchase).transactionId();
        device.starts(id);
        device.hasNeverSeen(id);
        awaitTrue(() -> shop.count("transaction where id = $1 and never_seen_at is not null", Tuple.of(id)) == 1);

        OPERATOR.resolves(id, manualOutcome("cancelled"));

        assertThat(shop.count("callback where transaction_id = $1", Tuple.of(id)))
                .isEqualTo(1);
        assertThat(OPERATOR.views(id).getJsonObject("callback")).isNotNull();
    }

    @Test
    void sameResolutionIsIdempotentAndAnotherIsRejected() {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);
        OPERATOR.resolves(stuck.id(), FakeOperator.approved(500));
        Answer first = stuck.polled();

        FakeOperator.Answer again =
                OPERATOR.resolves(stuck.id(), FakeOperator.approved(500).put("reason", "as I said"));
        FakeOperator.Answer other = OPERATOR.resolves(stuck.id(), manualOutcome("declined"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().getString("outcome")).isEqualTo("UNCHANGED");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.error()).isEqualTo("The outcome is final");
        assertThat(stuck.polled().body()).isEqualTo(first.body());
    }

    static Stream<Arguments> stuckPurchases() {
        return Stream.of(
                stuckPurchase(StuckPurchase::queued, 409, "Not started; ends by itself within seconds"),
                stuckPurchase(StuckPurchase::running, 409, "The device is running it"),
                stuckPurchase(StuckPurchase::delayed, 409, "The device may still report the outcome"),
                stuckPurchase(
                        StuckPurchase::reconnected,
                        409,
                        "The device has just reconnected and has been asked for its report"),
                stuckPurchase(ManualResolutionTest::completed, 409, "The outcome is final"),
                stuckPurchase(StuckPurchase::admittedAgain, 409, "The device may still report the outcome"),
                stuckPurchase(StuckPurchase::neverSeen, 200, null),
                stuckPurchase(StuckPurchase::revoked, 200, null),
                stuckPurchase(StuckPurchase::unanswered, 200, null),
                stuckPurchase(StuckPurchase::lost, 200, null));
    }

    private static Arguments stuckPurchase(Function<TestFixtures, StuckPurchase> kind, int status, String error) {
        return Arguments.of(kind, status, error);
    }

    private static StuckPurchase completed(TestFixtures shop) {
        StuckPurchase running = StuckPurchase.running(shop);
        running.device().finishes(running.id(), FakeDevice.approved(500));
        awaitTrue(
                () -> running.polled().body().path("transactionStatus").asText().equals("COMPLETED"));
        return running;
    }

    @ParameterizedTest
    @MethodSource("stuckPurchases")
    void onlyUnresolvedTransactionsMayBeResolved(Function<TestFixtures, StuckPurchase> kind, int status, String error) {
        StuckPurchase stuck = kind.apply(shop);
        Answer before = stuck.polled();

        FakeOperator.Answer answer = OPERATOR.resolves(stuck.id(), manualOutcome("cancelled"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().getString("error")).isEqualTo(error);
        assertThat(stuck.polled().equals(before)).isEqualTo(status != 200);
        JsonObject entry = lastEntry(stuck.id());
        assertThat(entry.getString("outcome")).isEqualTo(status == 200 ? "DONE" : "REFUSED");
        assertThat(entry.getString("reason")).isEqualTo(error);
    }

    @Test
    void contradictingReportIsRecordedAsDiscrepancy() {
        StuckPurchase stuck = StuckPurchase.lost(shop);
        OPERATOR.resolves(stuck.id(), manualOutcome("cancelled"));
        Answer first = stuck.polled();

        stuck.device().connected().finishes(stuck.id(), FakeDevice.approved(500));
        awaitTrue(() -> stuck.discrepancies("CONTRADICTS_OUTCOME") == 1);

        assertThat(stuck.polled().body()).isEqualTo(first.body());
        JsonObject event = OPERATOR.views(stuck.id())
                .getJsonArray("discrepancies")
                .getJsonObject(0)
                .getJsonObject("event");
        assertThat(event.getJsonObject("report").getString("authId")).isEqualTo("123456");
        assertThat(event.encode()).doesNotContain("RECEIPT");
    }

    @Test
    void confirmingReportIsRecordedWithoutAlert() {
        StuckPurchase stuck = StuckPurchase.lost(shop);
        OPERATOR.resolves(stuck.id(), FakeOperator.approved(525).put("amountSurchargeCents", 25));
        Answer first = stuck.polled();

        stuck.device().connected().finishes(stuck.id(), FakeDevice.approved(500));
        awaitTrue(() -> stuck.discrepancies("CONFIRMS_RESOLUTION") == 1);

        assertThat(stuck.discrepancies("CONTRADICTS_OUTCOME")).isZero();
        assertThat(stuck.polled().body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @CsvSource({"26, 1", "24, 1"})
    void otherAmountIsAContradiction(long surcharge, long discrepancies) {
        StuckPurchase stuck = StuckPurchase.lost(shop);
        OPERATOR.resolves(stuck.id(), FakeOperator.approved(500 + surcharge).put("amountSurchargeCents", surcharge));

        stuck.device().connected().finishes(stuck.id(), FakeDevice.approved(500));

        awaitTrue(() -> stuck.discrepancies("CONTRADICTS_OUTCOME") == discrepancies);
    }

    @ParameterizedTest
    @CsvSource({"declined, 1", "failed, 1", "cancelled, 0"})
    void deviceThatNeverRanItContradictsAllButACancellation(String resolution, long discrepancies) {
        StuckPurchase stuck = StuckPurchase.lost(shop);
        OPERATOR.resolves(stuck.id(), manualOutcome(resolution));
        Answer first = stuck.polled();

        stuck.device().connected().refuses(stuck.id(), RefusalReason.NO_GRANT);
        stuck.awaitProcessed();

        assertThat(stuck.discrepancies("CONTRADICTS_OUTCOME")).isEqualTo(discrepancies);
        assertThat(stuck.polled().body()).isEqualTo(first.body());
    }

    @Test
    void deviceIsFreeAgain() {
        StuckPurchase stuck = StuckPurchase.unanswered(shop);
        assertThat(stuck.register().pays(600).status()).isEqualTo(429);

        OPERATOR.resolves(stuck.id(), manualOutcome("cancelled"));

        assertThat(stuck.register().pays(600).status()).isEqualTo(200);
    }

    @Test
    void resolutionIsAudited() {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);
        OPERATOR.resolves(stuck.id(), FakeOperator.approved(500));

        JsonObject entry = lastEntry(stuck.id());

        assertThat(entry.getString("action")).isEqualTo("RESOLVE_TRANSACTION");
        assertThat(entry.getString("principal")).isEqualTo("operator");
        assertThat(entry.getString("address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(entry.getString("deviceId")).isEqualTo(stuck.device().id());
        assertThat(entry.getString("registerId")).isEqualTo(stuck.register().id());
        assertThat(entry.getString("vendorName")).isEqualTo(stuck.register().vendor());
        assertThat(entry.getString("outcome")).isEqualTo("DONE");
        JsonObject details = entry.getJsonObject("details");
        assertThat(details.getString("result")).isEqualTo("approved");
        assertThat(details.getLong("amountTotalCents")).isEqualTo(500);
        assertThat(details.getString("reason")).isEqualTo("the settlement has it");
    }

    @Test
    void unknownTransactionIsRefusedAndAudited() {
        UUID unknown = UUID.randomUUID();

        FakeOperator.Answer answer = OPERATOR.resolves(unknown, manualOutcome("cancelled"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("Transaction " + unknown + " not found");
        assertThat(lastEntry(unknown).getString("outcome")).isEqualTo("REFUSED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                         | result must be one of [approved, declined, unavailable,"
                        + " cancelled, failed]",
                "{`result`:`maybe`}                         | result must be one of [approved, declined, unavailable,"
                        + " cancelled, failed]",
                "{`result`:`cancelled`}                     | reason is missing",
                "{`result`:`cancelled`,`reason`:``}         | reason must have 1 to 500 characters and must not contain U+0000",
                "{`result`:`declined`,`reason`:`r`,`amountTotalCents`:500} | amounts, cardType, authId and acquirerRef"
                        + " are allowed for result approved only",
                "{`result`:`approved`,`reason`:`r`}         | amountTotalCents is missing",
                "{`result`:`approved`,`reason`:`r`,`amountTotalCents`:499,`cardType`:`VISA`} | amountTotalCents must"
                        + " be the requested amount plus surcharge and tip: 500, was 499",
                "{`result`:`approved`,`reason`:`r`,`amountTotalCents`:499,`amountTipCents`:-1,`cardType`:`VISA`} |"
                        + " amountTipCents must be between 0 and 999999999 cents",
                "{`result`:`approved`,`reason`:`r`,`amountTotalCents`:500} | cardType is missing",
                "[]                                         | The body does not match the expected JSON",
            })
    void invalidMemberIsNamed(String json, String error) {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);

        FakeOperator.Answer answer =
                OPERATOR.sends("PUT", "/admin/transactions/" + stuck.id() + "/outcome", json.replace('`', '"'));

        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(stuck.polled().body().path("transactionStatus").asText()).isEqualTo("PENDING");
    }

    @Test
    void functionWithoutMoneyIsCancelledOrFailedOnly() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> status = register.purchase(500);
        status.remove("AmountTotal");
        status.put("TransactionType", "Terminal.GetStatus");
        UUID id = register.posts(status).transactionId();
        device.starts(id);
        device.hasNeverSeen(id);
        awaitTrue(() -> shop.count("transaction where id = $1 and never_seen_at is not null", Tuple.of(id)) == 1);

        FakeOperator.Answer approved = OPERATOR.resolves(id, FakeOperator.approved(500));
        FakeOperator.Answer failed = OPERATOR.resolves(id, manualOutcome("failed"));

        assertThat(approved.status()).isEqualTo(400);
        assertThat(approved.error()).isEqualTo("result must be cancelled or failed for Terminal.GetStatus");
        assertThat(failed.status()).isEqualTo(200);
    }

    private static JsonObject lastEntry(UUID transaction) {
        return OPERATOR.gets("/admin/audit?transactionId=" + transaction)
                .body()
                .getJsonArray("entries")
                .getJsonObject(0);
    }
}
