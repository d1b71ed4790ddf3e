package dev.terminalcloud.connector.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removal of receipts from the text of a message, which need not be valid JSON. Its work grows linearly with the text. */
final class ReceiptRemoval {
    /** The name of the member, then the quote of its value. */
    private static final Pattern BEGINNING = Pattern.compile("\"receipt\"[ \\t\\r\\n]{0,100}:[ \\t\\r\\n]{0,100}\"");

    private ReceiptRemoval() {}

    /** Returns the text with {@code …} in the place of each receipt: the string after the member's name, to its end. */
    static String apply(String text) {
        StringBuilder kept = new StringBuilder();
        Matcher beginning = BEGINNING.matcher(text);
        int from = 0;
        while (beginning.find(from)) {
            kept.append(text, from, beginning.end()).append('…');
            from = endOfString(text, beginning.end());
        }
        return kept.append(text, from, text.length()).toString();
    }

    /** Returns the position of the quote that ends the string; the end of the text without one. */
    private static int endOfString(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length();
    }
}
