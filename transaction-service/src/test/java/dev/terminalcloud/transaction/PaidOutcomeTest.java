package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.report;
import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes as a register sees them, mostly of a purchase of 5.00, whatever the device left out or added. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class PaidOutcomeTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @ParameterizedTest
    @CsvSource({
        "   ,   ,   ,     , 500,  0,  0, CARD, 0",
        "500,   ,   , VISA, 500,  0,  0, VISA, 0",
        "   , 25, 50, VISA, 575, 25, 50, VISA, 0",
        "575, 25, 50, VISA, 575, 25, 50, VISA, 0",
        "  1,  0,  0, VISA,   1,  0,  0, VISA, 1",
        "600,   ,   , VISA, 600,  0,  0, VISA, 1",
    })
    void acceptedPurchaseHasEverythingThatIsPromised(
            Long total,
            Long surcharge,
            Long tip,
            String cardType,
            String shownTotal,
            String shownSurcharge,
            String shownTip,
            String shownCardType,
            long mismatches) {
        StuckPurchase paid = StuckPurchase.running(shop);
        DeviceReport report = report(TransactionResult.OK_ACCEPTED, Result.OK, total, surcharge, tip, cardType);

        paid.device().finishes(paid.id(), report);
        awaitAccepted(paid);

        Answer polled = paid.polled();
        assertThat(polled.data("Result")).isEqualTo("OK");
        assertThat(polled.data("AmountTotal")).isEqualTo(shownTotal);
        assertThat(polled.data("AmountSurcharge")).isEqualTo(shownSurcharge);
        assertThat(polled.data("AmountTip")).isEqualTo(shownTip);
        assertThat(polled.data("CardType")).isEqualTo(shownCardType);

        paid.device().connected();
        paid.device().finishes(paid.id(), report);
        paid.awaitProcessed();
        assertThat(paid.discrepancies("AMOUNT_MISMATCH")).isEqualTo(mismatches);
        assertThat(paid.discrepancies("CONTRADICTS_OUTCOME")).isZero();
    }

    @Test
    void acceptedAmountThatWasNotRequestedIsShownAndCounted() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(99_900);
        StuckPurchase paid = new StuckPurchase(shop, register, device, started);
        device.starts(paid.id());
        double before = mismatches();

        device.finishes(paid.id(), report(TransactionResult.OK_ACCEPTED, Result.OK, 1L, 0L, 0L, "VISA"));
        awaitAccepted(paid);

        assertThat(paid.polled().data("AmountTotal")).isEqualTo("1");
        assertThat(mismatches()).isEqualTo(before + 1);
        JsonObject seen = OPERATOR.views(paid.id());
        assertThat(seen.getJsonObject("request").getLong("amountTotalCents")).isEqualTo(99_900);
        assertThat(seen.getJsonObject("outcome").getLong("amountTotalCents")).isEqualTo(1);
        JsonObject discrepancy = seen.getJsonArray("discrepancies").getJsonObject(0);
        assertThat(discrepancy.getString("reason")).isEqualTo("AMOUNT_MISMATCH");
        assertThat(discrepancy.getJsonObject("event").getJsonObject("report").getLong("amountTotalCents"))
                .isEqualTo(1);
    }

    /** Returns the value of the metric of the alert {@code AcceptedAmountMismatch}, which exists from the start. */
    private double mismatches() {
        return metrics.get("transaction.discrepancies")
                .tag("reason", "amount_mismatch")
                .counter()
                .count();
    }

    @Test
    void resultWithoutItsInvalidMembersIsTakenAndRecordedOnce() {
        StuckPurchase paid = StuckPurchase.running(shop);

        finishesWithInvalidMembers(paid);
        awaitAccepted(paid);
        paid.device().connected();
        finishesWithInvalidMembers(paid);
        paid.awaitProcessed();

        assertThat(paid.discrepancies("INVALID_MEMBERS")).isEqualTo(1);
        assertThat(paid.discrepancies("CONTRADICTS_OUTCOME")).isZero();
        assertThat(OPERATOR.views(paid.id())
                        .getJsonArray("discrepancies")
                        .getJsonObject(0)
                        .getJsonObject("event")
                        .getJsonArray("ignoredMembers"))
                .containsExactly("timestamp", "acquirerRef");
        assertThat(paid.register().pays(600).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, CANCELLED, CANCELLED", "FAILED, FAILED, FAILED"})
    void resultWithoutATransactionResultHasOne(Result result, String shownTransactionResult, String shownResult) {
        StuckPurchase ended = StuckPurchase.running(shop);

        ended.device().finishes(ended.id(), report(null, result, null, null, null, null));
        awaitTrue(() -> shownResult.equals(ended.polled().data("Result")));

        assertThat(ended.polled().data("TransactionResult")).isEqualTo(shownTransactionResult);
    }

    @Test
    void logonWithoutATransactionResultIsAccepted() {
        Answer logon = ends("Acquirer.Logon", report(null, Result.OK, null, null, null, null));

        assertThat(logon.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(logon.data("AmountTotal")).isNull();
    }

    @Test
    void statusHasNoTransactionResult() {
        Answer status =
                ends("Terminal.GetStatus", report(TransactionResult.OK_ACCEPTED, Result.OK, null, null, null, null));

        assertThat(status.data("TransactionResult")).isNull();
        assertThat(status.data("Status")).isEqualTo("READY");
    }

    @Test
    void resolutionIsConfirmedByAReportThatLeavesOutWhatIsZero() {
        StuckPurchase stuck = StuckPurchase.lost(shop);
        OPERATOR.resolves(stuck.id(), FakeOperator.approved(500));

        stuck.device()
                .connected()
                .finishes(stuck.id(), report(TransactionResult.OK_ACCEPTED, Result.OK, null, null, null, null));

        awaitTrue(() -> stuck.discrepancies("CONFIRMS_RESOLUTION") == 1);
        assertThat(stuck.discrepancies("CONTRADICTS_OUTCOME")).isZero();
    }

    @Test
    void outcomeOfAnOlderBuildIsNotContradictedByItsRepetition() {
        StuckPurchase paid = StuckPurchase.running(shop);
        DeviceReport report = report(TransactionResult.OK_ACCEPTED, Result.OK, 500L, null, null, null);
        paid.device().finishes(paid.id(), report);
        awaitAccepted(paid);
        shop.execute(
                "update transaction set outcome = '{\"transactionResult\":\"OK-ACCEPTED\",\"result\":\"OK\",\"amountTotalCents\":500}'"
                        + " where id = $1",
                Tuple.of(paid.id()));

        paid.device().finishes(paid.id(), report);
        paid.awaitProcessed();

        assertThat(paid.discrepancies("CONTRADICTS_OUTCOME")).isZero();
    }

    private Answer ends(String function, DeviceReport report) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> request = register.purchase(500);
        request.remove("AmountTotal");
        request.put("TransactionType", function);
        Answer started = register.posts(request);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), report);
        awaitTrue(() -> "OK".equals(register.polls(started).data("Result")));
        return register.polls(started);
    }

    private static void finishesWithInvalidMembers(StuckPurchase paid) {
        paid.device()
                .send(new TransactionFinished(
                        paid.device().id(),
                        paid.device().session(),
                        paid.id(),
                        report(TransactionResult.OK_ACCEPTED, Result.OK, 500L, 0L, 0L, "VISA"),
                        List.of("timestamp", "acquirerRef")));
    }

    private static void awaitAccepted(StuckPurchase paid) {
        awaitTrue(() -> "OK-ACCEPTED".equals(paid.polled().data("TransactionResult")));
    }
}
