package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parser of a JSON object whose members are parameters: the text of a scalar, and the JSON text of an object or array, as it
 * was received. {@code null} is an absent parameter.
 *
 * <p>It builds no tree of the values: an object of a quarter of a million brackets takes no more work than a text of that
 * length. Names are not kept in a table that all requests share.
 */
final class JsonParameters {
    static final int MAX_LEVELS = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_LEVELS)
                    .maxNameLength(RequestBody.MAX_BYTES)
                    .maxNumberLength(RequestBody.MAX_BYTES)
                    .build())
            .build();

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();

    private JsonParameters(String text) {
        this.text = text;
    }

    /**
     * Parses the body. The last of several equal names counts.
     *
     * @throws ApiException 400 if it is not a JSON object, has too many members or levels, or is not text in UTF-8
     */
    static Map<String, String> parse(byte[] body, RequestCharset charset) {
        JsonParameters parameters = new JsonParameters(textOf(body, charset));
        parameters.parse();
        return parameters.values;
    }

    private static String textOf(byte[] body, RequestCharset charset) {
        if (!charset.equals(RequestCharset.DEFAULT)) {
            return charset.decode(body, 0, body.length);
        }
        if (isWide(body)) {
            throw RequestError.UNREADABLE_JSON.exception();
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw RequestError.UNREADABLE_JSON.exception();
        }
    }

    /** JSON begins with two ASCII characters: in UTF-16 and UTF-32 one of their first bytes is zero (RFC 4627, section 3). */
    private static boolean isWide(byte[] body) {
        return body.length > 1 && (body[0] == 0 || body[1] == 0);
    }

    private void parse() {
        try (JsonParser parser = JSON.createParser(text.toCharArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RequestError.NOT_AN_OBJECT.exception();
            }
            for (int members = 1; parser.nextToken() == JsonToken.FIELD_NAME; members++) {
                if (members > LenientFormParser.MAX_FIELDS) {
                    throw RequestError.TOO_MANY_PARAMETERS.exception(LenientFormParser.MAX_FIELDS);
                }
                readMember(parser);
            }
            values.values().removeIf(value -> value == null);
        } catch (StreamConstraintsException e) {
            throw RequestError.JSON_TOO_DEEP.exception(MAX_LEVELS);
        } catch (JsonProcessingException e) {
            throw RequestError.NOT_JSON.exception(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readMember(JsonParser parser) throws IOException {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            values.put(
                    name, text.substring(start, (int) parser.currentLocation().getCharOffset()));
        } else {
            values.put(name, token == JsonToken.VALUE_NULL ? null : parser.getText());
        }
    }
}
