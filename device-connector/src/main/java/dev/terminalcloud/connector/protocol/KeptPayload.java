package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.carddata.CardDataMask;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;

/**
 * The beginning of a message that could not be read, for people to look at: text of at most 4 KiB in UTF-8, card data
 * masked, with {@code \xE9} in the place of each byte that is not UTF-8 and of each control character but line breaks
 * and tabs.
 */
final class KeptPayload {
    static final int MAX_BYTES = 4096;

    /** More than a card number with separators, which must not be cut before it is masked. */
    private static final int LOOKAHEAD_BYTES = 256;

    private KeptPayload() {}

    static String of(byte[] payload) {
        byte[] beginning = Arrays.copyOf(payload, Math.min(payload.length, MAX_BYTES + LOOKAHEAD_BYTES));
        return truncate(escape(CardDataMask.mask(LenientUtf8.decode(beginning, KeptPayload::placeholder))));
    }

    /** Returns an unpaired surrogate, which valid UTF-8 never has: the byte is escaped when card numbers are masked. */
    private static String placeholder(int invalid) {
        return String.valueOf((char) (Character.MIN_LOW_SURROGATE + invalid));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> append(escaped, codePoint));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int codePoint) {
        if (codePoint >= Character.MIN_LOW_SURROGATE && codePoint <= Character.MAX_LOW_SURROGATE) {
            escaped.append("\\x%02X".formatted(codePoint - Character.MIN_LOW_SURROGATE));
        } else if (Character.isISOControl(codePoint) && "\n\r\t".indexOf(codePoint) < 0) {
            escaped.append("\\x%02X".formatted(codePoint));
        } else {
            escaped.appendCodePoint(codePoint);
        }
    }

    private static String truncate(String text) {
        CharBuffer in = CharBuffer.wrap(text);
        UTF_8.newEncoder().encode(in, ByteBuffer.allocate(MAX_BYTES), true);
        return text.substring(0, in.position());
    }
}
