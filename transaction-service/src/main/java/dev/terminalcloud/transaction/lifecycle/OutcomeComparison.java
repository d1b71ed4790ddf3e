package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
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
                transaction.isResolutionConfirmedBy(report)
                        ? DiscrepancyReason.CONFIRMS_RESOLUTION
                        : DiscrepancyReason.CONTRADICTS_OUTCOME);
    }

    /** Returns the discrepancy between a late refusal and the outcome; empty if the transaction was cancelled. */
    static Optional<DiscrepancyReason> ofRefusal(Transaction transaction) {
        return transaction.endedInCancellation()
                ? Optional.empty()
                : Optional.of(DiscrepancyReason.CONTRADICTS_OUTCOME);
    }
}
