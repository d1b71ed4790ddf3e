package dev.terminalcloud.posapi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lenient parser of {@code application/x-www-form-urlencoded} text as POS systems in the field write it. It takes raw
 * spaces, raw characters that should be encoded, and broken percent escapes literally.
 *
 * <p>A value may even contain a raw {@code &}, where that is certain enough. The text between two {@code &} is a piece:
 *
 * <table>
 * <caption>What a piece is, by the value before it</caption>
 * <tr><th>piece</th><th>after free text</th><th>after JSON that has not ended</th><th>after anything else</th></tr>
 * <tr><td>{@code name=value}</td><td>a parameter</td><td>a parameter if its name is known, else part of the JSON</td>
 * <td>a parameter</td></tr>
 * <tr><td>empty or blank</td><td>nothing</td><td>part of the JSON</td><td>nothing</td></tr>
 * <tr><td>the name of a known parameter</td><td>nothing</td><td>part of the JSON</td><td>nothing</td></tr>
 * <tr><td>a word that begins with a small letter, such as {@code debug}</td><td>an unknown parameter, unless a space is
 * before the {@code &}: ignored</td><td>part of the JSON</td><td>ignored</td></tr>
 * <tr><td>any other, such as {@code " Chips"} or the second {@code M} of {@code M&M}</td><td>part of the text</td>
 * <td>part of the JSON</td><td>ignored</td></tr>
 * </table>
 *
 * <p>{@link ValueKind} says which parameters are free text, and which are JSON. An empty value is not continued. A word has
 * only ASCII letters, digits, and {@code _ . -} after its first letter.
 *
 * <p>The work is linear in the length of the text, whatever it contains.
 */
final class LenientFormParser {
    static final int MAX_PIECES = 1_000;
    static final int MAX_FIELDS = 200;

    private static final Pattern FLAG = Pattern.compile("[a-z][A-Za-z0-9_.-]*+");

    record Field(String name, String value) {}

    private final byte[] form;
    private final RequestCharset charset;
    private final List<Field> fields = new ArrayList<>();

    /** The decoded bytes, never longer than the form: the value of the current field is the part from valueStart to end. */
    private final byte[] decoded;

    private int valueStart;
    private int end;
    private String name;
    private ValueKind kind;
    private JsonExtent json;
    private int jsonRead;

    private LenientFormParser(byte[] form, RequestCharset charset) {
        this.form = form;
        this.charset = charset;
        this.decoded = new byte[form.length];
    }

    /**
     * Parses the text.
     *
     * @throws ApiException 400 if it has too many pieces or fields
     */
    static List<Field> parse(byte[] form, RequestCharset charset) {
        LenientFormParser parser = new LenientFormParser(form, charset);
        parser.parsePieces();
        return parser.fields;
    }

    private void parsePieces() {
        int pieces = 0;
        for (int from = 0; from <= form.length; ) {
            if (++pieces > MAX_PIECES) {
                throw RequestError.TOO_MANY_PIECES.exception(MAX_PIECES);
            }
            int to = indexOf('&', from, form.length);
            parsePiece(from, to);
            from = to + 1;
        }
        endField();
    }

    private void parsePiece(int from, int to) {
        int equals = indexOf('=', from, to);
        String label = textOf(from, equals);
        boolean hasValue = equals < to;
        boolean continuesValue = isJsonOpen() ? !hasValue || isUnknown(label) : !hasValue && continuesText(label);
        if (continuesValue) {
            decoded[end++] = '&';
            append(from, to);
        } else if (hasValue) {
            endField();
            beginField(label);
            append(equals + 1, to);
        }
    }

    private boolean continuesText(String piece) {
        if (kind != ValueKind.FREE_TEXT || end == valueStart || piece.isBlank() || !isUnknown(piece)) {
            return false;
        }
        return decoded[end - 1] == ' ' || !FLAG.matcher(piece).matches();
    }

    private boolean isJsonOpen() {
        if (kind != ValueKind.JSON) {
            return false;
        }
        while (jsonRead < end) {
            json.read(decoded[jsonRead++]);
        }
        return json.isOpen();
    }

    private static boolean isUnknown(String parameter) {
        return ValueKind.of(parameter).isEmpty();
    }

    private void beginField(String fieldName) {
        name = fieldName;
        kind = ValueKind.of(fieldName).orElse(ValueKind.CLOSED);
        json = new JsonExtent();
        jsonRead = end;
        valueStart = end;
    }

    private void endField() {
        if (name == null) {
            return;
        }
        if (fields.size() == MAX_FIELDS) {
            throw RequestError.TOO_MANY_PARAMETERS.exception(MAX_FIELDS);
        }
        fields.add(new Field(name, charset.decode(decoded, valueStart, end)));
    }

    /** Returns the decoded text without adding it to the value. */
    private String textOf(int from, int to) {
        int start = end;
        append(from, to);
        String text = charset.decode(decoded, start, end);
        end = start;
        return text;
    }

    private void append(int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = form[i];
            if (next == '+') {
                decoded[end++] = ' ';
            } else if (next == '%' && isEscape(i, to)) {
                decoded[end++] = (byte) (hexDigit(i + 1) * 16 + hexDigit(i + 2));
                i += 2;
            } else {
                decoded[end++] = next;
            }
        }
    }

    private boolean isEscape(int at, int to) {
        return at + 2 < to && hexDigit(at + 1) >= 0 && hexDigit(at + 2) >= 0;
    }

    private int hexDigit(int at) {
        return Character.digit(form[at], 16);
    }

    /** Returns the index of the character in this part of the form, or the end of the part if it is not there. */
    private int indexOf(char wanted, int from, int to) {
        int at = from;
        while (at < to && form[at] != wanted) {
            at++;
        }
        return at;
    }
}
