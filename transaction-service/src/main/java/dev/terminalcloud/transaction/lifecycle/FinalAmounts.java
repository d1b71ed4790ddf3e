package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Amounts of an outcome, in cents. Of an accepted payment all but the cash are there: the surcharge and the tip that the
 * device does not report are 0, and a total that it does not report is the requested amount plus both. An amount that it
 * reports is never changed, only left out if it is negative: the POS API has no text for it.
 *
 * @param areAsRequested false if the device reports as accepted another amount than the requested one plus surcharge and
 *     tip, or another cash amount; and if any amount that it reports is not between 0 and 999,999,999
 */
record FinalAmounts(Long total, Long surcharge, Long tip, Long cash, boolean areAsRequested) {
    private static final long MAX_CENTS = 999_999_999;

    /** The members of {@code transaction-finished} that are amounts. */
    private static final Set<String> MEMBERS = Set.of("amountTotal", "amountSurcharge", "amountTip", "amountCash");

    /** Returns the amounts of a payment that the device reports as accepted. */
    static FinalAmounts ofAccepted(TransactionRequest request, DeviceReport report) {
        FinalAmounts reported = asReported(report);
        long requested = orZero(request.requestedCents());
        long surcharge = orZero(reported.surcharge);
        long tip = orZero(reported.tip);
        long total = Objects.requireNonNullElse(reported.total, requested + surcharge + tip);
        Long cash = reported.cash == null ? request.amountCashCents() : reported.cash;
        return new FinalAmounts(
                total,
                surcharge,
                tip,
                cash,
                reported.areAsRequested
                        && isInRange(total)
                        && total == requested + surcharge + tip
                        && isCashAsRequested(request, reported.cash));
    }

    /** Returns the amounts of an accepted payment that the device reports again: what was requested is not known here. */
    static FinalAmounts ofRepeated(DeviceReport report) {
        FinalAmounts reported = asReported(report);
        return reported.total == null
                ? reported
                : new FinalAmounts(
                        reported.total,
                        orZero(reported.surcharge),
                        orZero(reported.tip),
                        reported.cash,
                        reported.areAsRequested);
    }

    /** Returns the amounts of anything else: the device's. */
    static FinalAmounts asReported(DeviceReport report) {
        return new FinalAmounts(
                unlessNegative(report.amountTotalCents()),
                unlessNegative(report.amountSurchargeCents()),
                unlessNegative(report.amountTipCents()),
                unlessNegative(report.amountCashCents()),
                areInRange(report));
    }

    /** Returns whether one of these members, by their names in the device protocol, is an amount. */
    static boolean isAmountIn(List<String> members) {
        return members != null && members.stream().anyMatch(MEMBERS::contains);
    }

    /** The whole of a cash advance is cash: its device may report that or leave it out. */
    private static boolean isCashAsRequested(TransactionRequest request, Long reported) {
        if (reported == null) {
            return true;
        }
        return reported == orZero(request.amountCashCents())
                || (request.function() == TransactionFunction.CARD_CASH_ADVANCE
                        && reported == orZero(request.requestedCents()));
    }

    private static boolean areInRange(DeviceReport report) {
        return Stream.of(
                        report.amountTotalCents(),
                        report.amountSurchargeCents(),
                        report.amountTipCents(),
                        report.amountCashCents())
                .filter(Objects::nonNull)
                .allMatch(FinalAmounts::isInRange);
    }

    private static boolean isInRange(long cents) {
        return cents >= 0 && cents <= MAX_CENTS;
    }

    private static Long unlessNegative(Long cents) {
        return cents == null || cents < 0 ? null : cents;
    }

    private static long orZero(Long cents) {
        return cents == null ? 0 : cents;
    }
}
