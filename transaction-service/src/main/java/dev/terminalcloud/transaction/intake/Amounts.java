package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.posapi.RequestError;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses amounts as the POS API defines them: whole cents, from 1 to 999999999, in decimal digits. */
final class Amounts {
    static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private Amounts() {}

    /** Returns the names of all amounts that a register may request. */
    static Stream<String> parameters() {
        return RequestedAmounts.NAMES.stream().map(name -> "A" + name.substring(1));
    }

    /**
     * Parses a mandatory amount in cents.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    static long required(PosParameters parameters, String name) {
        String text = parameters.text(name).orElseThrow(() -> RequestError.MISSING.exception(name));
        long cents = DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (cents == 0) {
            throw StartError.BAD_AMOUNT.exception(name);
        }
        return cents;
    }
}
