package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
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
        "  500, -1,  1,   500,  0,  1, false",
        "   -1,   ,   ,   500,  0,  0, false",
        "9999999999, , , 9999999999, 0, 0, false",
    })
    void acceptedPaymentHasAllAmountsAndTheTotalOfItsDevice(
            Long total, Long surcharge, Long tip, long shownTotal, long shownSurcharge, long shownTip, boolean same) {
        FinalReport report = accepted(
                request(TransactionFunction.CARD_PURCHASE, 500L, null), amounts(total, surcharge, tip, null, "VISA"));

        assertThat(report.outcome().amounts().amountTotalCents()).isEqualTo(shownTotal);
        assertThat(report.outcome().amounts().amountSurchargeCents()).isEqualTo(shownSurcharge);
        assertThat(report.outcome().amounts().amountTipCents()).isEqualTo(shownTip);
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

        assertThat(report.outcome().amounts().amountTotalCents()).isEqualTo(500);
        assertThat(report.outcome().amounts().amountCashCents()).isEqualTo(shown);
        assertThat(report.amountsAreAsRequested()).isEqualTo(same);
    }

    @ParameterizedTest
    @EnumSource(TransactionFunction.class)
    void acceptedAmountIsComparedForEachPayment(TransactionFunction function) {
        TransactionRequest request = requestOf(function, 99_900);

        assertThat(accepted(request, amounts(99_900L, null, null, null, "VISA")).amountsAreAsRequested())
                .isTrue();
        FinalReport other = accepted(request, amounts(1L, null, null, null, "VISA"));
        assertThat(other.amountsAreAsRequested())
                .isEqualTo(!function.isPayment() || request.amounts().requestedCents() == null);
        assertThat(other.outcome().amounts().amountTotalCents()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"   , true", "500, true", "499, false", "  0, true"})
    void cashAdvanceMayReportItsTotalAsCash(Long reported, boolean same) {
        FinalReport report = accepted(
                request(TransactionFunction.CARD_CASH_ADVANCE, 500L, null),
                amounts(500L, null, null, reported, "VISA"));

        assertThat(report.outcome().amounts().amountCashCents()).isEqualTo(reported);
        assertThat(report.amountsAreAsRequested()).isEqualTo(same);
    }

    /** A member that the connector left out, the result, and the remarks on a purchase. */
    @ParameterizedTest
    @CsvSource({
        "amountTotal,     OK_ACCEPTED, INVALID_MEMBERS, AMOUNT_MISMATCH",
        "amountSurcharge, OK_ACCEPTED, INVALID_MEMBERS, AMOUNT_MISMATCH",
        "amountTip,       OK_ACCEPTED, INVALID_MEMBERS, AMOUNT_MISMATCH",
        "amountCash,      OK_ACCEPTED, INVALID_MEMBERS, AMOUNT_MISMATCH",
        "timestamp,       OK_ACCEPTED, INVALID_MEMBERS,",
        "amountTotal,     OK_DECLINED, INVALID_MEMBERS,",
    })
    void invalidAmountOfAnAcceptedPaymentIsAMismatch(
            String member, TransactionResult result, DiscrepancyReason first, DiscrepancyReason second) {
        TransactionRequest purchase = request(TransactionFunction.CARD_PURCHASE, 500L, null);
        DeviceReport report = DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(result)
                .cardType("VISA")
                .build();
        TransactionFinished event =
                new TransactionFinished("4711", UUID.randomUUID(), UUID.randomUUID(), report, List.of(member));

        assertThat(FinalReport.of(purchase, report).orElseThrow().remarks(purchase, event))
                .isEqualTo(Stream.of(first, second).filter(Objects::nonNull).toList());
    }

    @ParameterizedTest
    @EnumSource(TransactionFunction.class)
    void cardTypeAndAmountsArePromisedOfAcceptedPayments(TransactionFunction function) {
        DeviceReport outcome = accepted(request(function, 500L, null), amounts(null, null, null, null, null))
                .outcome();

        boolean hasCard = function.isCardPayment() || function == TransactionFunction.TERMINAL_READ_CARD;
        assertThat(outcome.cardType()).isEqualTo(hasCard ? "CARD" : null);
        assertThat(outcome.amounts().amountTotalCents()).isEqualTo(function.isPayment() ? 500L : null);
        assertThat(outcome.amounts().amountSurchargeCents()).isEqualTo(function.isPayment() ? 0L : null);
        assertThat(outcome.amounts().amountTipCents()).isEqualTo(function.isPayment() ? 0L : null);
    }

    @Test
    void authorisedAndFinalisedAmountsCountAsRequested() {
        TransactionRequest authorise = new TransactionRequest(
                TransactionFunction.CARD_AUTHORISE, RequestedAmounts.ofAuth(300L), null, null, null);
        TransactionRequest finalise = new TransactionRequest(
                TransactionFunction.CARD_FINALISE, RequestedAmounts.ofFinal(400L), "r", null, null);

        assertThat(accepted(authorise, amounts(null, null, null, null, null))
                        .outcome()
                        .amounts()
                        .amountTotalCents())
                .isEqualTo(300);
        assertThat(accepted(finalise, amounts(null, 10L, null, null, null))
                        .outcome()
                        .amounts()
                        .amountTotalCents())
                .isEqualTo(410);
    }

    /** Nothing was requested that the amount could be compared with: a device may report what it has released, or nothing. */
    @ParameterizedTest
    @CsvSource({",0", "0,0", "500,500"})
    void releasedAuthorisationHasTheAmountOfItsDevice(Long reported, long shown) {
        FinalReport report = accepted(
                requestOf(TransactionFunction.CARD_AUTHORISE_CANCEL, 500), amounts(reported, null, null, null, "VISA"));

        assertThat(report.outcome().amounts().amountTotalCents()).isEqualTo(shown);
        assertThat(report.amountsAreAsRequested()).isTrue();
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
        DeviceReport report = DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(transactionResult)
                .amounts(new ReportedAmounts(1L, null, null, null))
                .build();

        FinalReport declined = FinalReport.of(request(TransactionFunction.CARD_PURCHASE, 500L, null), report)
                .orElseThrow();

        assertThat(declined.outcome()).isEqualTo(report);
        assertThat(declined.amountsAreAsRequested()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "999999999, true", "1000000000, false", "-1, false"})
    void rangeOfAmountsIsCheckedForEachResult(long total, boolean inRange) {
        TransactionRequest purchase = request(TransactionFunction.CARD_PURCHASE, 500L, null);
        TransactionRequest lastTransaction = request(TransactionFunction.JOURNAL_GET_TRANS_RESULT, null, null);
        DeviceReport declined = DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(TransactionResult.OK_DECLINED)
                .amounts(new ReportedAmounts(total, null, null, null))
                .build();

        assertThat(FinalReport.of(purchase, declined).orElseThrow().amountsAreAsRequested())
                .isEqualTo(inRange);
        assertThat(accepted(lastTransaction, amounts(total, null, null, null, null))
                        .amountsAreAsRequested())
                .isEqualTo(inRange);
    }

    @Test
    void lastTransactionHasPartsOnlyWithATotal() {
        TransactionRequest lastTransaction = request(TransactionFunction.JOURNAL_GET_TRANS_RESULT, null, null);

        DeviceReport paid =
                accepted(lastTransaction, amounts(700L, null, null, null, null)).outcome();

        assertThat(paid.amounts().amountTotalCents()).isEqualTo(700);
        assertThat(paid.amounts().amountSurchargeCents()).isZero();
        assertThat(paid.amounts().amountTipCents()).isZero();
    }

    @Test
    void statusIsReadyUnlessTheDeviceNamesAnother() {
        TransactionRequest status = request(TransactionFunction.TERMINAL_GET_STATUS, null, null);

        assertThat(FinalReport.of(
                        status, DeviceReportBuilder.builder().result(Result.OK).build()))
                .get()
                .extracting(FinalReport::outcome)
                .extracting(DeviceReport::transactionResult, DeviceReport::status)
                .containsExactly(null, "READY");
        assertThat(accepted(
                                status,
                                DeviceReportBuilder.builder()
                                        .result(Result.OK)
                                        .transactionResult(TransactionResult.OK_ACCEPTED)
                                        .status("NOT-LOGGED-ON")
                                        .build())
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
        DeviceReport report = DeviceReportBuilder.builder().result(result).build();

        DeviceReport outcome = FinalReport.of(purchase, report).orElseThrow().outcome();

        assertThat(outcome.transactionResult()).isEqualTo(TransactionResult.valueOf(result.name()));
        assertThat(FinalReport.normalised(purchase, report)).isEqualTo(outcome);
        assertThat(FinalReport.normalised(purchase, outcome)).isEqualTo(outcome);
    }

    @Test
    void resultThatIsNotAnAnswerIsNotFinal() {
        TransactionRequest purchase = request(TransactionFunction.CARD_PURCHASE, 500L, null);
        DeviceReport report = DeviceReportBuilder.builder()
                .result(Result.FAILED)
                .transactionResult(TransactionResult.OK_ACCEPTED)
                .build();

        assertThat(FinalReport.of(purchase, report)).isEmpty();
        assertThat(FinalReport.normalised(purchase, report)).isEqualTo(report);
    }

    private static FinalReport accepted(TransactionRequest request, DeviceReport report) {
        return FinalReport.of(request, report).orElseThrow();
    }

    private static TransactionRequest requestOf(TransactionFunction function, long cents) {
        return switch (function) {
            case CARD_AUTHORISE, CARD_AUTHORISE_INCREMENT ->
                new TransactionRequest(function, RequestedAmounts.ofAuth(cents), null, null, null);
            case CARD_FINALISE -> new TransactionRequest(function, RequestedAmounts.ofFinal(cents), "r", null, null);
            case CARD_PURCHASE,
                    CARD_PURCHASE_PLUS_CASH,
                    CARD_CASH_ADVANCE,
                    CARD_REFUND,
                    QR_MERCHANT_PURCHASE,
                    QR_CONSUMER_PURCHASE,
                    QR_REFUND -> request(function, cents, null);
            case CARD_AUTHORISE_CANCEL,
                    ACQUIRER_LOGON,
                    ACQUIRER_SETTLEMENT_INQUIRY,
                    ACQUIRER_SETTLEMENT_CUTOVER,
                    JOURNAL_REPRINT_RECEIPT,
                    JOURNAL_GET_TRANS_RESULT,
                    TERMINAL_GET_STATUS,
                    TERMINAL_READ_CARD -> request(function, null, null);
        };
    }

    private static TransactionRequest request(TransactionFunction function, Long total, Long cash) {
        return new TransactionRequest(function, new RequestedAmounts(total, cash, null, null), null, null, null);
    }

    private static DeviceReport amounts(Long total, Long surcharge, Long tip, Long cash, String cardType) {
        return DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(TransactionResult.OK_ACCEPTED)
                .amounts(new ReportedAmounts(total, surcharge, tip, cash))
                .cardType(cardType)
                .build();
    }
}
