package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.carddata.CardDataMask;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Set;

/**
 * The beginning of a message that could not be used, for people to look at: text of at most 4 KiB in UTF-8, without the
 * receipt, card data masked, with {@code \xE9} in the place of each byte that is not UTF-8 and of each control character but
 * line breaks and tabs.
 *
 * @param masked {@link TextMember#KEPT_MESSAGE} if card data had to be masked
 */
record KeptPayload(String text, Set<TextMember> masked) {
    static final int MAX_BYTES = 4096;

    static KeptPayload of(byte[] payload) {
        String text = ReceiptRemoval.apply(LenientUtf8.decode(payload, KeptPayload::placeholder));
        String masked = CardDataMask.mask(text);
        return new KeptPayload(
                truncate(escape(masked)), masked.equals(text) ? Set.of() : Set.of(TextMember.KEPT_MESSAGE));
    }

    /** Returns an unpaired surrogate, which valid UTF-8 never has: the byte is escaped when card numbers are masked. */
    private static String placeholder(int invalid) {
        return String.valueOf((char) (Character.MIN_LOW_SURROGATE + invalid));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().limit(MAX_BYTES).forEach(codePoint -> append(escaped, codePoint));
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
