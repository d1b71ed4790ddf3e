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

    private LenientUtf8() {}

    /** Decodes the text; the replacement gets the byte, 0 to 255. */
    static String decode(byte[] bytes, IntFunction<String> replacement) {
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
