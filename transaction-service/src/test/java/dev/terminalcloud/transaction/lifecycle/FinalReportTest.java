package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinalReportTest {
    /** Reported total, surcharge and tip of a purchase of 500, then the outcome's, then whether they are as requested. */
    @ParameterizedTest
    @CsvSource({
        "     ,   ,   ,   500,  0,  0, true",
        "  500,   ,   ,   500,  0,  0, true",
        "  500,  0,  0,   500,  0,  0, true",
        "     , 25,   ,   525, 25,  0, true",
        "     ,   , 50,   550,  0, 50, true",
        "     , 25, 50,   575, 25, 50, true",
        "  575, 25, 50,   575, 25, 50, true",
        "  525, 25,   ,   525, 25,  0, true",
        "  525,   ,   ,   525,  0,  0, false",
        "  575, 25,   ,   575, 25,  0, false",
        "  500, 25,  0,   500, 25,  0, false",
        "  475,   ,   ,   475,  0,  0, false",
        "    1,  0,  0,     1,  0,  0, false",
        "    0,  0,  0,     0,  0,  0, false",
        "1000000499, 0, 999999999, 1000000499, 0, 999999999, false",
        "  500, -1,  1,   500, -1,  1, false",
    })
    void acceptedPaymentHasAllAmountsAndTheTotalOfItsDevice(
            Long total, Long surcharge, Long tip, long shownTotal, long shownSurcharge, long shownTip, boolean same) {
        FinalReport report = accepted(
                request(TransactionFunction.CARD_PURCHASE, 500L, null), amounts(total, surcharge, tip, null, "VISA"));

        assertThat(report.outcome().amountTotalCents()).isEqualTo(shownTotal);
        assertThat(report.outcome().amountSurchargeCents()).isEqualTo(shownSurcharge);
        assertThat(report.outcome().amountTipCents()).isEqualTo(shownTip);
        assertThat(report.amountsAreAsRequested()).isEqualTo(same);
    }

    /** Requested and reported cash of a purchase of 500, then the outcome's, then whether it is as requested. */
    @ParameterizedTest
    @CsvSource({
        "200,    , 200, true",
        "200, 200, 200, true",
        "200, 100, 100, false",
        "200,   0,   0, false",
        "   ,    ,    , true",
        "   ,   0,   0, true",
        "   , 100, 100, false"
    })
    void cashIsIncludedInTheTotalAndIsCompared(Long requested, Long reported, Long shown, boolean same) {
        TransactionFunction function =
                requested == null ? TransactionFunction.CARD_PURCHASE : TransactionFunction.CARD_PURCHASE_PLUS_CASH;

        FinalReport report = accepted(request(function, 500L, requested), amounts(500L, null, null, reported, "VISA"));

        assertThat(report.outcome().amountTotalCents()).isEqualTo(500);
        assertThat(report.outcome().amountCashCents()).isEqualTo(shown);
        assertThat(report.amountsAreAsRequested()).isEqualTo(same);
    }

    @ParameterizedTest
    @EnumSource(TransactionFunction.class)
    void cardTypeAndAmountsArePromisedOfAcceptedPayments(TransactionFunction function) {
        DeviceReport outcome = accepted(request(function, 500L, null), amounts(null, null, null, null, null))
                .outcome();

        boolean hasCard = function.isCardPayment() || function == TransactionFunction.TERMINAL_READ_CARD;
        assertThat(outcome.cardType()).isEqualTo(hasCard ? "CARD" : null);
        assertThat(outcome.amountTotalCents()).isEqualTo(function.isPayment() ? 500L : null);
        assertThat(outcome.amountSurchargeCents()).isEqualTo(function.isPayment() ? 0L : null);
        assertThat(outcome.amountTipCents()).isEqualTo(function.isPayment() ? 0L : null);
    }

    @Test
    void authorisedAndFinalisedAmountsCountAsRequested() {
        TransactionRequest authorise =
                new TransactionRequest(TransactionFunction.CARD_AUTHORISE, null, null, 300L, null, null, null, null);
        TransactionRequest finalise =
                new TransactionRequest(TransactionFunction.CARD_FINALISE, null, null, null, 400L, "r", null, null);

        assertThat(accepted(authorise, amounts(null, null, null, null, null))
                        .outcome()
                        .amountTotalCents())
                .isEqualTo(300);
        assertThat(accepted(finalise, amounts(null, 10L, null, null, null))
                        .outcome()
                        .amountTotalCents())
                .isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void emptyCardTypeIsNone(String cardType) {
        assertThat(accepted(
                                request(TransactionFunction.CARD_PURCHASE, 500L, null),
                                amounts(500L, null, null, null, cardType))
                        .outcome()
                        .cardType())
                .isEqualTo("CARD");
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionResult.class,
            names = {"OK_DECLINED", "OK_UNAVAILABLE"})
    void nothingIsAddedToAPaymentThatIsNotAccepted(TransactionResult transactionResult) {
        DeviceReport report = report(transactionResult, Result.OK, 1L, null, null, null, null, null);

        FinalReport declined = FinalReport.of(request(TransactionFunction.CARD_PURCHASE, 500L, null), report)
                .orElseThrow();

        assertThat(declined.outcome()).isEqualTo(report);
        assertThat(declined.amountsAreAsRequested()).isTrue();
    }

    @Test
    void lastTransactionHasPartsOnlyWithATotal() {
        TransactionRequest lastTransaction = request(TransactionFunction.JOURNAL_GET_TRANS_RESULT, null, null);

        DeviceReport paid =
                accepted(lastTransaction, amounts(700L, null, null, null, null)).outcome();

        assertThat(paid.amountTotalCents()).isEqualTo(700);
        assertThat(paid.amountSurchargeCents()).isZero();
        assertThat(paid.amountTipCents()).isZero();
    }

    @Test
    void statusIsReadyUnlessTheDeviceNamesAnother() {
        TransactionRequest status = request(TransactionFunction.TERMINAL_GET_STATUS, null, null);

        assertThat(FinalReport.of(status, report(null, Result.OK, null, null, null, null, null, null)))
                .get()
                .extracting(FinalReport::outcome)
                .extracting(DeviceReport::transactionResult, DeviceReport::status)
                .containsExactly(null, "READY");
        assertThat(accepted(
                                status,
                                report(
                                        TransactionResult.OK_ACCEPTED,
                                        Result.OK,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        "NOT-LOGGED-ON"))
                        .outcome())
                .extracting(DeviceReport::transactionResult, DeviceReport::status)
                .containsExactly(null, "NOT-LOGGED-ON");
    }

    @ParameterizedTest
    @EnumSource(
            value = Result.class,
            names = {"CANCELLED", "FAILED"})
    void transactionResultThatFollowsFromTheResultIsAdded(Result result) {
        TransactionRequest purchase = request(TransactionFunction.CARD_PURCHASE, 500L, null);
        DeviceReport report = report(null, result, null, null, null, null, null, null);

        DeviceReport outcome = FinalReport.of(purchase, report).orElseThrow().outcome();

        assertThat(outcome.transactionResult()).isEqualTo(TransactionResult.valueOf(result.name()));
        assertThat(FinalReport.normalised(purchase, report)).isEqualTo(outcome);
        assertThat(FinalReport.normalised(purchase, outcome)).isEqualTo(outcome);
    }

    @Test
    void resultThatIsNotAnAnswerIsNotFinal() {
        TransactionRequest purchase = request(TransactionFunction.CARD_PURCHASE, 500L, null);
        DeviceReport report = report(TransactionResult.OK_ACCEPTED, Result.FAILED, null, null, null, null, null, null);

        assertThat(FinalReport.of(purchase, report)).isEmpty();
        assertThat(FinalReport.normalised(purchase, report)).isEqualTo(report);
    }

    private static FinalReport accepted(TransactionRequest request, DeviceReport report) {
        return FinalReport.of(request, report).orElseThrow();
    }

    private static TransactionRequest request(TransactionFunction function, Long total, Long cash) {
        return new TransactionRequest(function, total, cash, null, null, null, null, null);
    }

    private static DeviceReport amounts(Long total, Long surcharge, Long tip, Long cash, String cardType) {
        return report(TransactionResult.OK_ACCEPTED, Result.OK, total, surcharge, tip, cash, cardType, null);
    }

    private static DeviceReport report(
            TransactionResult transactionResult,
            Result result,
            Long total,
            Long surcharge,
            Long tip,
            Long cash,
            String cardType,
            String status) {
        return new DeviceReport(
                transactionResult,
                result,
                null,
                total,
                surcharge,
                tip,
                cash,
                null,
                null,
                null,
                null,
                cardType,
                null,
                null,
                null,
                status,
                null);
    }
}
