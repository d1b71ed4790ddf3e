package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.function.IntFunction;

/** Decoder for UTF-8 with a replacement for each byte that is not, so that the text around such bytes can be used. */
final class LenientUtf8 {
    private static final int BYTE_MASK = 0xFF;

    /** The character that {@link String} has in the place of bytes that are not UTF-8. */
    private static final char REPLACEMENT_CHARACTER = '\uFFFD';

    private LenientUtf8() {}

    /** Decodes the text; the replacement gets the byte, 0 to 255. */
    static String decode(byte[] bytes, IntFunction<String> replacement) {
        String text = new String(bytes, UTF_8);
        return text.indexOf(REPLACEMENT_CHARACTER) < 0 ? text : decodeInvalid(bytes, replacement);
    }

    private static String decodeInvalid(byte[] bytes, IntFunction<String> replacement) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            text.append(out.flip());
            out.clear();
            for (int i = result.length(); i > 0; i--) {
                text.append(replacement.apply(in.get() & BYTE_MASK));
            }
            result = decoder.decode(in, out, true);
        }
        return text.append(out.flip()).toString();
    }
}
