package dev.terminalcloud.carddata;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masking of card data in text of any form: the letters and digits of magnetic stripe tracks (ISO/IEC 7813), and all but the
 * last four digits of {@linkplain CardNumbers card numbers}. The work grows linearly with the text. Pure.
 */
public final class CardDataMask {
    private static final char MASK = '*';

    /** Digits of the shortest card number of a track. */
    private static final int MIN_DIGITS = 12;

    private static final char TRACK_1_SEPARATOR = '^';
    private static final Pattern TRACK_1 =
            Pattern.compile("%?[Bb][0-9]{1,19}\\^[^^\\r\\n]{2,26}\\^[^?\"\\s]{0,60}\\??");

    /** Track 2 from its separator on, after at least 12 digits: a search for the digits first would read each 19 times. */
    private static final Pattern TRACK_2_AFTER_DIGITS =
            Pattern.compile("[=Dd](?<=[0-9]{12}.)[0-9]{4}[^?\"\\s]{0,60}\\??");

    private static final int MAX_TRACK_DIGITS = 19;
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    private CardDataMask() {}

    /** Returns the text, of the same length, without card data; the same instance if it has none. */
    public static String mask(String text) {
        if (!mayHaveCardData(text)) {
            return text;
        }
        String masked = CardNumbers.mask(maskTrack2(maskTrack1(text)), MASK);
        return masked.equals(text) ? text : masked;
    }

    /** Returns whether the text has card data, which {@link #mask} hides. */
    public static boolean isNeeded(String text) {
        return !mask(text).equals(text);
    }

    /**
     * Returns whether the text has the separator of track 1, or enough digits with at most one character between two. Almost all
     * texts have neither, and this costs a fraction of the search for card data.
     */
    private static boolean mayHaveCardData(String text) {
        int digits = 0;
        int last = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == TRACK_1_SEPARATOR) {
                return true;
            }
            if (isDigit(character)) {
                digits = i - last > 2 ? 1 : digits + 1;
                last = i;
                if (digits == MIN_DIGITS) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isDigit(char character) {
        return character < 0x80 ? character >= '0' && character <= '9' : Character.isDigit(character);
    }

    private static String maskTrack1(String text) {
        return TRACK_1.matcher(text).replaceAll((MatchResult track) -> maskAll(track.group()));
    }

    private static String maskTrack2(String text) {
        Matcher separator = TRACK_2_AFTER_DIGITS.matcher(text);
        StringBuilder masked = new StringBuilder(text.length());
        int end = 0;
        while (separator.find()) {
            int begin = separator.start();
            while (begin > end && separator.start() - begin < MAX_TRACK_DIGITS && isDigit(text.charAt(begin - 1))) {
                begin--;
            }
            masked.append(text, end, begin).append(maskAll(text.substring(begin, separator.end())));
            end = separator.end();
        }
        return end == 0 ? text : masked.append(text, end, text.length()).toString();
    }

    private static String maskAll(String track) {
        return LETTER_OR_DIGIT.matcher(track).replaceAll(String.valueOf(MASK));
    }
}
