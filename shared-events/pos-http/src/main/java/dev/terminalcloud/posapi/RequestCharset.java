package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Set;

/**
 * Charset of a request's text: one of the four that POS systems use. Each is a superset of ASCII, so that a byte below 0x80
 * is the character of that number wherever it is, and text can be split before it is decoded; each decodes every byte at a
 * fixed cost.
 */
record RequestCharset(Charset charset) {
    static final RequestCharset DEFAULT = new RequestCharset(UTF_8);

    private static final Set<Charset> SUPPORTED = Set.of(UTF_8, ISO_8859_1, Charset.forName("windows-1252"), US_ASCII);

    /**
     * Returns the charset that the type declares, by any of its names; UTF-8 if it declares none, or a name that no charset
     * of the platform has, or US-ASCII, of which UTF-8 is a superset.
     *
     * @param contentType null if the request has none
     * @throws ApiException 415 if it is a charset that is not supported
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
        if (!SUPPORTED.contains(declared)) {
            throw RequestError.UNSUPPORTED_CHARSET.exception(declared.name());
        }
        return declared.equals(US_ASCII) ? DEFAULT : new RequestCharset(declared);
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
}
