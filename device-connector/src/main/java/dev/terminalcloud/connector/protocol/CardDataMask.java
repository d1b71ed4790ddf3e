package dev.terminalcloud.connector.protocol;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Masking of card data in text of any form: the letters and digits of magnetic stripe tracks, and all but the last four
 * digits of card numbers. A card number is 13 to 19 digits that pass the Luhn check (ISO/IEC 7812-1), not beginning with
 * 0, with at most one separator between two digits, and no other digit directly beside it. Longer rows of digits may hold
 * a card number anywhere.
 */
final class CardDataMask {
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;
    private static final int VISIBLE_DIGITS = 4;
    private static final char MASK = '*';
    private static final String SEPARATORS = " -._/\u00a0\0";
    private static final Pattern TRACK_1 =
            Pattern.compile("%?[Bb][0-9]{1,19}\\^[^^\\r\\n]{2,26}\\^[^?\"\\s]{0,60}\\??");
    private static final Pattern TRACK_2 = Pattern.compile(";?[0-9]{12,19}[=D][0-9]{4}[^?\"\\s]{0,60}\\??");
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[0-9A-Za-z]");

    private CardDataMask() {}

    /** Returns the text, of the same length, without card data. */
    static String mask(String text) {
        UnaryOperator<String> tracks = track -> LETTER_OR_DIGIT.matcher(track).replaceAll(String.valueOf(MASK));
        String untracked = replace(TRACK_2, replace(TRACK_1, text, tracks), tracks);
        StringBuilder masked = new StringBuilder(untracked);
        int[] digits = new int[untracked.length()];
        int count = 0;
        for (int i = 0; i < untracked.length(); i++) {
            if (isDigit(untracked.charAt(i))) {
                digits[count++] = i;
            } else if (!isSeparator(untracked, i)) {
                maskNumbers(masked, untracked, digits, count);
                count = 0;
            }
        }
        maskNumbers(masked, untracked, digits, count);
        return masked.toString();
    }

    private static String replace(Pattern pattern, String text, UnaryOperator<String> replacement) {
        return pattern.matcher(text).replaceAll((MatchResult match) -> replacement.apply(match.group()));
    }

    /** Returns whether the digits before and after this character may belong to one number. */
    private static boolean isSeparator(String text, int index) {
        return SEPARATORS.indexOf(text.charAt(index)) >= 0 && index > 0 && isDigit(text.charAt(index - 1));
    }

    /** Masks each card number among digits that follow each other, given by their positions. */
    private static void maskNumbers(StringBuilder masked, String text, int[] digits, int count) {
        boolean anywhere = maxRowLength(digits, count) > MAX_DIGITS;
        for (int from = 0; from + MIN_DIGITS <= count; from++) {
            if (text.charAt(digits[from]) != '0' && (anywhere || isEdge(digits, from, count))) {
                int length = cardNumberAt(text, digits, from, count, anywhere);
                for (int i = 0; i < length - VISIBLE_DIGITS; i++) {
                    masked.setCharAt(digits[from + i], MASK);
                }
            }
        }
    }

    /** Returns the length of the longest card number that begins with this digit; 0 without one. */
    private static int cardNumberAt(String text, int[] digits, int from, int count, boolean anywhere) {
        for (int length = Math.min(MAX_DIGITS, count - from); length >= MIN_DIGITS; length--) {
            if ((anywhere || isEdge(digits, from + length, count)) && passesLuhn(text, digits, from, length)) {
                return length;
            }
        }
        return 0;
    }

    /** Returns whether no other digit is directly before this one. */
    private static boolean isEdge(int[] digits, int index, int count) {
        return index == 0 || index == count || digits[index] - digits[index - 1] > 1;
    }

    /** Returns the largest number of digits without a separator. */
    private static int maxRowLength(int[] digits, int count) {
        int max = 0;
        int row = 0;
        for (int i = 0; i < count; i++) {
            row = isEdge(digits, i, count) ? 1 : row + 1;
            max = Math.max(max, row);
        }
        return max;
    }

    private static boolean passesLuhn(String text, int[] digits, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(digits[from + length - 1 - i]) - '0';
            int doubled = 2 * digit;
            sum += i % 2 == 0 ? digit : doubled / 10 + doubled % 10;
        }
        return sum % 10 == 0;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
