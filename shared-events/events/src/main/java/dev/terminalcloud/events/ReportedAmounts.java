package dev.terminalcloud.events;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The amounts of a result, in cents, as the device reported them: any number, null if it did not report one. An event has each as a member of
 * its own.
 *
 * @param amountTotalCents the amount that was paid, with surcharge and tip
 * @param amountCashCents the part of the total that the customer got in cash
 */
@RecordBuilder
public record ReportedAmounts(
        Long amountTotalCents, Long amountSurchargeCents, Long amountTipCents, Long amountCashCents) {
    /** Of a result without any amount. */
    public static final ReportedAmounts NONE = new ReportedAmounts(null, null, null, null);

    /** Names of the amounts in the device protocol, in its order. */
    public static final List<String> NAMES = List.of("amountTotal", "amountSurcharge", "amountTip", "amountCash");

    /**
     * Returns the amounts that a reader finds.
     *
     * @param reader called for the name of each amount in the device protocol, in its order; returns null if it is not there
     */
    public static ReportedAmounts read(Function<String, Long> reader) {
        return new ReportedAmounts(
                reader.apply("amountTotal"),
                reader.apply("amountSurcharge"),
                reader.apply("amountTip"),
                reader.apply("amountCash"));
    }

    /** Returns the amounts that are there by their names in the device protocol, in its order. */
    public Map<String, Long> byName() {
        Map<String, Long> amounts = new LinkedHashMap<>();
        amounts.put("amountTotal", amountTotalCents);
        amounts.put("amountSurcharge", amountSurchargeCents);
        amounts.put("amountTip", amountTipCents);
        amounts.put("amountCash", amountCashCents);
        amounts.values().removeIf(Objects::isNull);
        return amounts;
    }

    /** Returns true if each amount is between 0 and {@value RequestedAmounts#MAX_CENTS}. */
    public boolean areInRange() {
        return byName().values().stream().allMatch(cents -> cents >= 0 && cents <= RequestedAmounts.MAX_CENTS);
    }

    /** Returns what the function makes of each amount, null included. */
    public ReportedAmounts map(UnaryOperator<Long> change) {
        return new ReportedAmounts(
                change.apply(amountTotalCents),
                change.apply(amountSurchargeCents),
                change.apply(amountTipCents),
                change.apply(amountCashCents));
    }
}
