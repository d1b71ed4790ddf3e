package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.TransactionResult;
import java.util.Optional;

/** Comparison of what a device says about a transaction that has ended with the outcome that counts; a pure function. */
final class OutcomeComparison {
    private OutcomeComparison() {}

    /** Returns the discrepancy between a late result and the outcome; empty if they agree. */
    static Optional<DiscrepancyReason> ofResult(Transaction transaction, DeviceReport report) {
        Optional<DeviceReport> outcome =
                transaction.outcome().map(stored -> FinalReport.normalised(transaction.request(), stored));
        if (outcome.equals(Optional.of(report))) {
            return Optional.empty();
        }
        return Optional.of(
                isResolutionConfirmed(transaction, report)
                        ? DiscrepancyReason.CONFIRMS_RESOLUTION
                        : DiscrepancyReason.CONTRADICTS_OUTCOME);
    }

    /** Returns the discrepancy between a late refusal and the outcome; empty if the transaction was cancelled. */
    static Optional<DiscrepancyReason> ofRefusal(Transaction transaction) {
        return transaction.state().endedInCancellation()
                ? Optional.empty()
                : Optional.of(DiscrepancyReason.CONTRADICTS_OUTCOME);
    }

    /** Returns true if an operator resolved it and the device's report, which has more details, agrees about result and requested money. */
    private static boolean isResolutionConfirmed(Transaction transaction, DeviceReport report) {
        DeviceReport outcome = transaction.outcome().orElseThrow();
        return transaction.state().wasResolvedManually()
                && outcome.transactionResult() == report.transactionResult()
                && outcome.result() == report.result()
                && (outcome.transactionResult() != TransactionResult.OK_ACCEPTED
                        || transaction.request().amounts().requestedCents() == null
                        || haveSameMoney(outcome.amounts(), report.amounts()));
    }

    private static boolean haveSameMoney(ReportedAmounts some, ReportedAmounts others) {
        return cents(some.amountTotalCents()) == cents(others.amountTotalCents())
                && cents(some.amountSurchargeCents()) == cents(others.amountSurchargeCents())
                && cents(some.amountTipCents()) == cents(others.amountTipCents());
    }

    private static long cents(Long amount) {
        return amount == null ? 0 : amount;
    }
}
