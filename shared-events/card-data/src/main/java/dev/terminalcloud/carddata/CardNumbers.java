package dev.terminalcloud.carddata;

import java.util.BitSet;

/**
 * The card numbers in a text: 13 to 19 digits that pass the Luhn check (ISO/IEC 7812-1), not beginning with 0, with at most
 * one separator between two digits, and no other digit directly beside them. A row of more digits may hold a card number
 * anywhere. A UUID holds none.
 */
final class CardNumbers {
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;
    private static final int VISIBLE_DIGITS = 4;
    private static final String SEPARATORS = "._/\0\t";
    private final String text;
    private final StringBuilder masked;
    private final char mask;

    /** The digits that follow each other with at most one separator between them: their positions and values. */
    private final int[] positions;

    private final int[] digits;
    private int count;

    private CardNumbers(String text, char mask) {
        this.text = text;
        this.masked = new StringBuilder(text);
        this.mask = mask;
        this.positions = new int[text.length()];
        this.digits = new int[text.length()];
    }

    /** Returns the text with the mask in the place of each digit of a card number but its last four. */
    static String mask(String text, char mask) {
        return text.length() < MIN_DIGITS ? text : new CardNumbers(text, mask).maskAll();
    }

    private String maskAll() {
        BitSet uuids = Uuids.in(text);
        for (int i = 0; i < text.length(); i++) {
            int digit = uuids.get(i) ? -1 : Character.digit(text.charAt(i), 10);
            if (digit >= 0) {
                positions[count] = i;
                digits[count++] = digit;
            } else if (count > 0 && (uuids.get(i) || !isSeparator(i))) {
                maskRun();
                count = 0;
            }
        }
        maskRun();
        return masked.toString();
    }

    /** Returns whether the character may stand between two digits of one number; two in a row may not. */
    private boolean isSeparator(int index) {
        char character = text.charAt(index);
        return positions[count - 1] == index - 1
                && (SEPARATORS.indexOf(character) >= 0
                        || Character.isSpaceChar(character)
                        || Character.getType(character) == Character.DASH_PUNCTUATION);
    }

    private void maskRun() {
        if (count < MIN_DIGITS) {
            return;
        }
        int[][] sums = luhnSums();
        boolean anywhere = maxRowLength() > MAX_DIGITS;
        for (int from = 0; from + MIN_DIGITS <= count; from++) {
            if (digits[from] != 0 && (anywhere || isEdge(from))) {
                int length = lengthAt(from, anywhere, sums);
                for (int i = 0; i < length - VISIBLE_DIGITS; i++) {
                    masked.setCharAt(positions[from + i], mask);
                }
            }
        }
    }

    /** Returns the length of the longest card number that begins with this digit; 0 without one. */
    private int lengthAt(int from, boolean anywhere, int[][] sums) {
        for (int length = Math.min(MAX_DIGITS, count - from); length >= MIN_DIGITS; length--) {
            int end = from + length;
            int[] sum = sums[(end - 1) % 2];
            if ((anywhere || isEdge(end)) && (sum[end] - sum[from]) % 10 == 0) {
                return length;
            }
        }
        return 0;
    }

    /** Returns the Luhn sums of the digits before each, for numbers whose last digit is at an even and at an odd index. */
    private int[][] luhnSums() {
        int[][] sums = new int[2][count + 1];
        for (int i = 0; i < count; i++) {
            int doubled = digits[i] > 4 ? 2 * digits[i] - 9 : 2 * digits[i];
            sums[i % 2][i + 1] = sums[i % 2][i] + digits[i];
            sums[1 - i % 2][i + 1] = sums[1 - i % 2][i] + doubled;
        }
        return sums;
    }

    /** Returns whether no other digit is directly before this one. */
    private boolean isEdge(int index) {
        return index == 0 || index == count || positions[index] - positions[index - 1] > 1;
    }

    /** Returns the largest number of digits without a separator. */
    private int maxRowLength() {
        int max = 0;
        int row = 0;
        for (int i = 0; i < count; i++) {
            row = isEdge(i) ? 1 : row + 1;
            max = Math.max(max, row);
        }
        return max;
    }
}
