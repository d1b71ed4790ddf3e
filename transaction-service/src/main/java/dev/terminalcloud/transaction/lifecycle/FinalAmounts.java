package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Amounts of an outcome, in cents. Of an accepted payment all but the cash are there: the surcharge and the tip that the
 * device does not report are 0, and a total that it does not report is the requested amount plus both. A total that it
 * reports is never changed.
 *
 * @param areAsRequested false if the device reports as accepted another amount than the requested one plus surcharge and
 *     tip, another cash amount, or an amount that is not between 0 and 999,999,999
 */
record FinalAmounts(Long total, Long surcharge, Long tip, Long cash, boolean areAsRequested) {
    private static final long MAX_CENTS = 999_999_999;

    /** Returns the amounts of a payment that the device reports as accepted. */
    static FinalAmounts ofAccepted(TransactionRequest request, DeviceReport report) {
        long requested = orZero(request.requestedCents());
        long surcharge = orZero(report.amountSurchargeCents());
        long tip = orZero(report.amountTipCents());
        long total = Objects.requireNonNullElse(report.amountTotalCents(), requested + surcharge + tip);
        Long cash = report.amountCashCents() == null ? request.amountCashCents() : report.amountCashCents();
        boolean inRange = LongStream.of(total, surcharge, tip).allMatch(cents -> cents >= 0 && cents <= MAX_CENTS);
        return new FinalAmounts(
                total,
                surcharge,
                tip,
                cash,
                inRange && total == requested + surcharge + tip && orZero(cash) == orZero(request.amountCashCents()));
    }

    /** Returns the amounts of an accepted payment that the device reports again: what was requested is not known here. */
    static FinalAmounts ofRepeated(DeviceReport report) {
        return report.amountTotalCents() == null
                ? asReported(report)
                : new FinalAmounts(
                        report.amountTotalCents(),
                        orZero(report.amountSurchargeCents()),
                        orZero(report.amountTipCents()),
                        report.amountCashCents(),
                        true);
    }

    /** Returns the amounts of anything else: the device's. */
    static FinalAmounts asReported(DeviceReport report) {
        return new FinalAmounts(
                report.amountTotalCents(),
                report.amountSurchargeCents(),
                report.amountTipCents(),
                report.amountCashCents(),
                true);
    }

    private static long orZero(Long cents) {
        return cents == null ? 0 : cents;
    }
}
