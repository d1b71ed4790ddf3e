package dev.terminalcloud.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The amounts that a register requests, in cents, each from 1 to {@value #MAX_CENTS}; null if the function does not use it. An event has each as
 * a member of its own.
 *
 * @param amountTotalCents the amount to pay or to refund, cash included
 * @param amountCashCents the part of the total that the customer gets in cash
 * @param amountAuthCents the amount to authorise
 * @param amountFinalCents the amount to finalise of an authorised one
 */
public record RequestedAmounts(
        Long amountTotalCents, Long amountCashCents, Long amountAuthCents, Long amountFinalCents) {
    /** The largest amount of the POS API and of the device protocol. */
    public static final long MAX_CENTS = 999_999_999;

    /** Of a function that moves no money. */
    public static final RequestedAmounts NONE = new RequestedAmounts(null, null, null, null);

    /** Names of the amounts in the device protocol, in its order; those of the POS API begin with a capital letter. */
    public static final List<String> NAMES = List.of("amountTotal", "amountCash", "amountAuth", "amountFinal");

    /** Throws {@link IllegalArgumentException} if an amount is out of range. */
    public RequestedAmounts {
        Stream.of(amountTotalCents, amountCashCents, amountAuthCents, amountFinalCents)
                .filter(cents -> cents != null && (cents < 1 || cents > MAX_CENTS))
                .findFirst()
                .ifPresent(cents -> {
                    throw new IllegalArgumentException(
                            "Amount must be between 1 and %d cents, was %d".formatted(MAX_CENTS, cents));
                });
    }

    public static RequestedAmounts ofTotal(long cents) {
        return new RequestedAmounts(cents, null, null, null);
    }

    public static RequestedAmounts ofTotalWithCash(long totalCents, long cashCents) {
        return new RequestedAmounts(totalCents, cashCents, null, null);
    }

    public static RequestedAmounts ofAuth(long cents) {
        return new RequestedAmounts(null, null, cents, null);
    }

    public static RequestedAmounts ofFinal(long cents) {
        return new RequestedAmounts(null, null, null, cents);
    }

    /** Returns the amount that the function is about: the total, or the one to authorise or to finalise; null without an amount. */
    public Long requestedCents() {
        if (amountTotalCents != null) {
            return amountTotalCents;
        }
        return amountAuthCents != null ? amountAuthCents : amountFinalCents;
    }

    /** Returns the amounts that are there by their names in the device protocol, in its order. */
    public Map<String, Long> byName() {
        Map<String, Long> amounts = new LinkedHashMap<>();
        amounts.put("amountTotal", amountTotalCents);
        amounts.put("amountCash", amountCashCents);
        amounts.put("amountAuth", amountAuthCents);
        amounts.put("amountFinal", amountFinalCents);
        amounts.values().removeIf(Objects::isNull);
        return amounts;
    }
}
