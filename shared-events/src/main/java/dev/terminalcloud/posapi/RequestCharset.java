package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Charset of a request's text: a superset of ASCII, so that a byte below 0x80 is the character of that number wherever it
 * is and text can be split before it is decoded.
 */
record RequestCharset(Charset charset) {
    static final RequestCharset DEFAULT = new RequestCharset(UTF_8);

    private static final String ASCII =
            IntStream.range(0, 0x80).mapToObj(Character::toString).collect(Collectors.joining());
    private static final byte[] ASCII_BYTES = ASCII.getBytes(ISO_8859_1);

    /**
     * Returns the charset that the type declares; UTF-8 if it declares none, or one that the platform does not know.
     *
     * @param contentType null if the request has none
     * @throws ApiException 415 if the charset is not a superset of ASCII, or can't encode
     */
    static RequestCharset of(MediaType contentType) {
        String name = contentType == null ? null : contentType.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (name == null) {
            return DEFAULT;
        }
        Charset declared;
        try {
            declared = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return DEFAULT;
        }
        if (!extendsAscii(declared)) {
            throw RequestError.UNSUPPORTED_CHARSET.exception(declared.name());
        }
        return new RequestCharset(declared);
    }

    /**
     * Decodes the bytes. Bytes that are invalid in the charset are read as ISO 8859-1, which has a character for each byte:
     * so different bytes never become the same text, as they would with replacement characters.
     */
    String decode(byte[] bytes, int from, int to) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, to - from, ISO_8859_1);
        }
    }

    /** Stateful charsets are not supersets: their escape characters, which are ASCII too, do not stand for themselves. */
    private static boolean extendsAscii(Charset charset) {
        return charset.canEncode()
                && ASCII.equals(new String(ASCII_BYTES, charset))
                && Arrays.equals(ASCII_BYTES, ASCII.getBytes(charset));
    }
}
