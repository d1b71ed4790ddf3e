package dev.terminalcloud.carddata;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Masking of card data in text of any form: the letters and digits of magnetic stripe tracks (ISO/IEC 7813), and all but the
 * last four digits of {@linkplain CardNumbers card numbers}. The work grows linearly with the text. Pure.
 */
public final class CardDataMask {
    private static final char MASK = '*';
    private static final Pattern TRACK_1 =
            Pattern.compile("%?[Bb][0-9]{1,19}\\^[^^\\r\\n]{2,26}\\^[^?\"\\s]{0,60}\\??");
    private static final Pattern TRACK_2 = Pattern.compile(";?[0-9]{12,19}[=Dd][0-9]{4}[^?\"\\s]{0,60}\\??");
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    private CardDataMask() {}

    /** Returns the text, of the same length, without card data; the same instance if it has none. */
    public static String mask(String text) {
        UnaryOperator<String> tracks = track -> LETTER_OR_DIGIT.matcher(track).replaceAll(String.valueOf(MASK));
        String masked = CardNumbers.mask(replace(TRACK_2, replace(TRACK_1, text, tracks), tracks), MASK);
        return masked.equals(text) ? text : masked;
    }

    /** Returns whether the text has card data, which {@link #mask} hides. */
    public static boolean isNeeded(String text) {
        return !mask(text).equals(text);
    }

    private static String replace(Pattern pattern, String text, UnaryOperator<String> replacement) {
        return pattern.matcher(text).replaceAll((MatchResult match) -> replacement.apply(match.group()));
    }
}
