package dev.terminalcloud.posapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Lenient parser of {@code application/x-www-form-urlencoded} text as POS systems in the field write it: it takes raw
 * spaces, raw characters that should be encoded, and broken percent escapes literally, and appends a piece between two
 * {@code &} that has no {@code =} to the value before it.
 */
final class LenientFormParser {
    record Field(String name, String value) {}

    private LenientFormParser() {}

    static List<Field> parse(String text, Charset charset) {
        List<Field> fields = new ArrayList<>();
        for (String piece : text.split("&", -1)) {
            int equals = piece.indexOf('=');
            if (equals >= 0) {
                fields.add(new Field(
                        decode(piece.substring(0, equals), charset), decode(piece.substring(equals + 1), charset)));
            } else if (!fields.isEmpty()) {
                Field last = fields.remove(fields.size() - 1);
                fields.add(new Field(last.name(), last.value() + "&" + decode(piece, charset)));
            }
        }
        return fields;
    }

    static String decode(String text, Charset charset) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int escaped = escapedAt(text, i);
            if (escaped >= 0) {
                decoded.write(escaped);
                i += 3;
            } else {
                int next = text.offsetByCodePoints(i, 1);
                String literal = text.charAt(i) == '+' ? " " : text.substring(i, next);
                decoded.writeBytes(literal.getBytes(charset));
                i = next;
            }
        }
        return decoded.toString(charset);
    }

    /** Returns the byte of the percent escape at this index, or -1 if the text has no escape there. */
    private static int escapedAt(String text, int at) {
        if (text.charAt(at) != '%' || at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
