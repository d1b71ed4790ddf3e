package dev.terminalcloud.posapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.terminalcloud.carddata.CardDataMask;
import java.io.IOException;
import java.io.StringWriter;

/**
 * Masking of card data in a JSON document: in each text, number and name of a member, also where escapes hide it. The result is JSON
 * too; a masked number becomes text. A barcode stays if its check digit is that of GS1: every tenth one would pass for a card number.
 */
final class JsonCardData {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String BARCODE = "barcode";
    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter masked = new StringWriter();
    private boolean isMasked;
    /** Set with the end of the first value: what follows it makes the text something other than JSON. */
    private boolean isComplete;

    private JsonCardData() {}

    /** Returns the document without card data; unchanged, to the byte, if it has none. What is not JSON is masked as text. */
    static String mask(String document) {
        JsonCardData copy = new JsonCardData();
        try (JsonParser parser = JSON.createParser(withoutMark(document));
                JsonGenerator generator = JSON.createGenerator(copy.masked)) {
            while (parser.nextToken() != null && !copy.isComplete) {
                copy.copyToken(parser, generator);
                copy.isComplete = parser.getParsingContext().inRoot();
            }
            if (parser.currentToken() != null) {
                return CardDataMask.mask(document);
            }
        } catch (IOException e) {
            return CardDataMask.mask(document);
        }
        return copy.isMasked ? copy.masked.toString() : document;
    }

    private void copyToken(JsonParser parser, JsonGenerator generator) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.FIELD_NAME && !token.isScalarValue()) {
            generator.copyCurrentEvent(parser);
            return;
        }
        String text = parser.getText();
        String shown = isTradeItem(parser, text) ? text : CardDataMask.mask(text);
        isMasked |= !shown.equals(text);
        if (token == JsonToken.FIELD_NAME) {
            generator.writeFieldName(shown);
        } else if (token == JsonToken.VALUE_STRING || !shown.equals(text)) {
            generator.writeString(shown);
        } else if (token.isNumeric()) {
            generator.writeNumber(text);
        } else {
            generator.copyCurrentEvent(parser);
        }
    }

    private static boolean isTradeItem(JsonParser parser, String text) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                && BARCODE.equals(parser.currentName())
                && isTradeItemNumber(text);
    }

    /** Returns whether it is a GTIN of 13 or 14 digits with the right check digit (GS1 General Specifications, 7.9). */
    private static boolean isTradeItemNumber(String text) {
        if (!text.matches("[0-9]{13,14}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int weight = (text.length() - i) % 2 == 0 ? 3 : 1;
            sum += weight * (text.charAt(i) - '0');
        }
        return sum % 10 == 0;
    }

    private static String withoutMark(String document) {
        return document.startsWith(BYTE_ORDER_MARK) ? document.substring(1) : document;
    }
}
