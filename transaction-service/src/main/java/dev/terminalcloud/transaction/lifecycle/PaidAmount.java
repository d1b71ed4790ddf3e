package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.TransactionResult;
import java.util.OptionalLong;

/** The amount that a customer has paid and may get back. */
public final class PaidAmount {
    private PaidAmount() {}

    /**
     * Returns the total of an accepted transaction in cents, with surcharge and tip and without the cash, which the customer has got
     * already; empty if it was not accepted or has not ended.
     */
    public static OptionalLong refundable(Transaction transaction) {
        return transaction
                .outcome()
                .filter(outcome -> outcome.transactionResult() == TransactionResult.OK_ACCEPTED)
                .map(outcome -> OptionalLong.of(withoutCash(transaction.request(), outcome)))
                .orElseGet(OptionalLong::empty);
    }

    private static long withoutCash(TransactionRequest request, DeviceReport outcome) {
        ReportedAmounts amounts = FinalReport.normalised(request, outcome).amounts();
        return orZero(amounts.amountTotalCents()) - orZero(amounts.amountCashCents());
    }

    private static long orZero(Long cents) {
        return cents == null ? 0 : cents;
    }
}
