package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device's report as the outcome of a transaction: one of the answers of {@link FinalAnswer}, with what the POS API
 * promises of it, whatever the device left out. Two reports with the same meaning are equal.
 *
 * @param outcome the outcome
 * @param amountsAreAsRequested see {@link FinalAmounts}
 */
record FinalReport(DeviceReport outcome, boolean amountsAreAsRequested) {
    /** The type of a card that its device does not name. */
    static final String ANY_CARD = "CARD";

    /** The status of a device that answers and does not name one; every other status is that of an obstacle. */
    static final String READY = "READY";

    /** Returns the outcome that the device reports; empty if its results are not an answer to the function. */
    static Optional<FinalReport> of(TransactionRequest request, DeviceReport report) {
        return FinalAnswer.of(request.function(), report.transactionResult(), report.result())
                .map(answer -> of(request, report, answer));
    }

    /**
     * Returns an outcome as it would be stored now: older builds stored a report as it was. What is not a final answer stays
     * as it is.
     */
    static DeviceReport normalised(TransactionRequest request, DeviceReport outcome) {
        return of(request, outcome).map(FinalReport::outcome).orElse(outcome);
    }

    /**
     * Returns the reasons to look at the outcome that this event reports. An invalid amount of an accepted payment was left
     * out by the connector: what the register is shown instead is not what the device reported.
     */
    List<DiscrepancyReason> remarks(TransactionRequest request, TransactionFinished event) {
        List<DiscrepancyReason> remarks = new ArrayList<>();
        if (event.ignoredMembers() != null) {
            remarks.add(DiscrepancyReason.INVALID_MEMBERS);
        }
        boolean isPaid = request.function().isPayment()
                && outcome.transactionResult() == FinalAnswer.ACCEPTED.transactionResult();
        if (!amountsAreAsRequested || (isPaid && FinalAmounts.isAmountIn(event.ignoredMembers()))) {
            remarks.add(DiscrepancyReason.AMOUNT_MISMATCH);
        }
        return List.copyOf(remarks);
    }

    private static FinalReport of(TransactionRequest request, DeviceReport report, FinalAnswer answer) {
        FinalAmounts amounts = amounts(request, report, answer);
        return new FinalReport(
                DeviceReportBuilder.builder(report)
                        .transactionResult(answer.transactionResult())
                        .result(answer.result())
                        .amounts(amounts.amounts())
                        .cardType(cardType(request.function(), report, answer))
                        .status(answer == FinalAnswer.STATUS ? known(report.status(), READY) : report.status())
                        .build(),
                amounts.areAsRequested());
    }

    private static FinalAmounts amounts(TransactionRequest request, DeviceReport report, FinalAnswer answer) {
        if (answer == FinalAnswer.ACCEPTED && request.function().isPayment()) {
            return FinalAmounts.ofAccepted(request, report);
        }
        return answer == FinalAnswer.ACCEPTED && request.function() == TransactionFunction.JOURNAL_GET_TRANS_RESULT
                ? FinalAmounts.ofRepeated(report)
                : FinalAmounts.asReported(report);
    }

    private static String cardType(TransactionFunction function, DeviceReport report, FinalAnswer answer) {
        boolean hasCard = function.isCardPayment()
                || function == TransactionFunction.TERMINAL_READ_CARD
                || (function == TransactionFunction.JOURNAL_GET_TRANS_RESULT && report.cardPan() != null);
        return answer == FinalAnswer.ACCEPTED && hasCard ? known(report.cardType(), ANY_CARD) : report.cardType();
    }

    private static String known(String reported, String otherwise) {
        return reported == null || reported.isBlank() ? otherwise : reported;
    }
}
