package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Late reports of devices are compared with the resolution of an operator. */
class OutcomeComparisonTest {
    private static final RegisterIdentity REGISTER = new RegisterIdentity("Vendor", "Shop", "1");

    /** A release has no requested amount: the device may report what it has released, which the operator did not know. */
    @ParameterizedTest
    @CsvSource({
        "CARD_PURCHASE,         OK_ACCEPTED, 500, CONFIRMS_RESOLUTION",
        "CARD_PURCHASE,         OK_ACCEPTED, 501, CONTRADICTS_OUTCOME",
        "CARD_PURCHASE,         OK_DECLINED,    , CONTRADICTS_OUTCOME",
        "CARD_AUTHORISE_CANCEL, OK_ACCEPTED, 501, CONFIRMS_RESOLUTION",
        "CARD_AUTHORISE_CANCEL, OK_DECLINED,    , CONTRADICTS_OUTCOME"
    })
    void lateReportIsComparedWithTheResolution(
            TransactionFunction function, TransactionResult result, Long total, DiscrepancyReason discrepancy) {
        assertThat(OutcomeComparison.ofResult(resolvedAsApproved(function), report(result, total)))
                .contains(discrepancy);
    }

    private static Transaction resolvedAsApproved(TransactionFunction function) {
        RequestedAmounts amounts =
                function == TransactionFunction.CARD_PURCHASE ? RequestedAmounts.ofTotal(500L) : RequestedAmounts.NONE;
        Transaction transaction = new Transaction(
                REGISTER, "1234567890", 1, new TransactionRequest(function, amounts, "r", null, null), null);
        transaction.change(state -> state.started(Instant.EPOCH));
        transaction.change(state -> state.resolvedManually(Instant.EPOCH));
        transaction.change(state -> state.completed(approvedByOperator(function), Instant.EPOCH));
        return transaction;
    }

    private static DeviceReport approvedByOperator(TransactionFunction function) {
        return report(TransactionResult.OK_ACCEPTED, function == TransactionFunction.CARD_PURCHASE ? 500L : 0L)
                .withAuthId("operator");
    }

    private static DeviceReport report(TransactionResult result, Long total) {
        return DeviceReport.of(result, Result.OK).withAmounts(new ReportedAmounts(total, null, null, null));
    }
}
