package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.ReportedAmountsBuilder;
import dev.terminalcloud.events.RequestedAmounts;
import java.util.List;
import java.util.Objects;

/**
 * Amounts of an outcome, in cents. Of an accepted payment all but the cash are there: the surcharge and the tip that the
 * device does not report are 0, and a total that it does not report is the requested amount plus both. An amount that it
 * reports is never changed, only left out if it is negative: the POS API has no text for it.
 *
 * @param areAsRequested false if the device reports as accepted another amount than the requested one plus surcharge and
 *     tip, or another cash amount; and if any amount that it reports is not between 0 and 999,999,999. A payment without a requested
 *     amount has nothing to compare
 */
record FinalAmounts(ReportedAmounts amounts, boolean areAsRequested) {

    /** Returns the amounts of a payment that the device reports as accepted. */
    static FinalAmounts ofAccepted(TransactionRequest request, DeviceReport report) {
        ReportedAmounts reported = report.amounts().map(FinalAmounts::unlessNegative);
        long requested = orZero(request.amounts().requestedCents());
        long surcharge = orZero(reported.amountSurchargeCents());
        long tip = orZero(reported.amountTipCents());
        long total = Objects.requireNonNullElse(reported.amountTotalCents(), requested + surcharge + tip);
        Long cash =
                reported.amountCashCents() == null ? request.amounts().amountCashCents() : reported.amountCashCents();
        return new FinalAmounts(
                new ReportedAmounts(total, surcharge, tip, cash),
                report.amounts().areInRange()
                        && total <= RequestedAmounts.MAX_CENTS
                        && (request.amounts().requestedCents() == null || total == requested + surcharge + tip)
                        && isCashAsRequested(request, reported.amountCashCents()));
    }

    /** Returns the amounts of an accepted payment that the device reports again: what was requested is not known here. */
    static FinalAmounts ofRepeated(DeviceReport report) {
        FinalAmounts reported = asReported(report);
        ReportedAmounts amounts = reported.amounts;
        return amounts.amountTotalCents() == null
                ? reported
                : new FinalAmounts(
                        ReportedAmountsBuilder.builder(amounts)
                                .amountSurchargeCents(orZero(amounts.amountSurchargeCents()))
                                .amountTipCents(orZero(amounts.amountTipCents()))
                                .build(),
                        reported.areAsRequested);
    }

    /** Returns the amounts of anything else: the device's. */
    static FinalAmounts asReported(DeviceReport report) {
        return new FinalAmounts(
                report.amounts().map(FinalAmounts::unlessNegative),
                report.amounts().areInRange());
    }

    /** Returns whether one of these members, by their names in the device protocol, is an amount. */
    static boolean isAmountIn(List<String> members) {
        return members != null && members.stream().anyMatch(ReportedAmounts.NAMES::contains);
    }

    /** The whole of a cash advance is cash: its device may report that or leave it out. */
    private static boolean isCashAsRequested(TransactionRequest request, Long reported) {
        if (reported == null) {
            return true;
        }
        return reported == orZero(request.amounts().amountCashCents())
                || (request.function() == TransactionFunction.CARD_CASH_ADVANCE
                        && reported == orZero(request.amounts().requestedCents()));
    }

    private static Long unlessNegative(Long cents) {
        return cents == null || cents < 0 ? null : cents;
    }

    private static long orZero(Long cents) {
        return cents == null ? 0 : cents;
    }
}
