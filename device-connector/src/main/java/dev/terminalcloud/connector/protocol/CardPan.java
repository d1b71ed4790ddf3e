package dev.terminalcloud.connector.protocol;

/** Masking of card numbers: at most the last four digits stay visible. */
final class CardPan {
    private static final int VISIBLE_DIGITS = 4;

    private CardPan() {}

    /** Replaces every digit before the last four characters by {@code *}, and the last ones too if they are not all digits. */
    static String mask(String shown) {
        int from = shown.length() - VISIBLE_DIGITS;
        boolean endsWithDigits = from >= 0 && shown.substring(from).chars().allMatch(Character::isDigit);
        int end = endsWithDigits ? from : shown.length();
        StringBuilder masked = new StringBuilder(shown);
        for (int i = 0; i < end; i++) {
            if (Character.isDigit(masked.charAt(i))) {
                masked.setCharAt(i, '*');
            }
        }
        return masked.toString();
    }
}
