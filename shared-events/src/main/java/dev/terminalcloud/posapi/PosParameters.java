package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parameters of one request of a POS, wherever it put them: form body, JSON body, query string, or several of them
 * (the body wins). Names are matched ignoring case, values are as received after decoding. Immutable.
 */
public final class PosParameters {
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final Pattern RAW_BYTE = Pattern.compile("[\\x80-\\xff]");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> values;

    private PosParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Parses the parameters of a request.
     *
     * @param rawQuery the query string, still encoded; null if the request has no query
     * @param contentType null means a form
     * @param received the body; null if the request has no body
     * @throws ApiException 413 if the body is longer than 256 KiB; 400 if its media type is JSON but it is not a JSON
     *     object, or if a value can't be stored
     */
    public static PosParameters read(String rawQuery, MediaType contentType, byte[] received) {
        byte[] body = received == null ? new byte[0] : received;
        if (body.length > MAX_BODY_BYTES) {
            throw RequestError.BODY_TOO_LARGE.exception();
        }
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (isJson(contentType)) {
            readJson(body, values);
        } else {
            readForm(new String(body, charset(contentType)), charset(contentType), values);
        }
        if (rawQuery != null) {
            readForm(escapeRawBytes(rawQuery), UTF_8, values);
        }
        values.forEach(PosParameters::rejectUnstorable);
        return new PosParameters(values);
    }

    /** Returns the value, which may be empty; absent if the request does not have the parameter. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the value; absent also if it is empty. */
    public Optional<String> text(String name) {
        return get(name).filter(value -> !value.isEmpty());
    }

    /**
     * Returns the value of a mandatory parameter.
     *
     * @throws ApiException 400 naming the parameter, if it is absent, empty or longer than that many characters
     */
    public String required(String name, int maxLength) {
        String value = text(name).orElseThrow(() -> RequestError.MISSING.exception(name));
        return checkLength(name, value, maxLength);
    }

    /**
     * Returns the value of an optional parameter; absent also if it is empty.
     *
     * @throws ApiException 400 naming the parameter, if it is longer than that many characters
     */
    public Optional<String> optional(String name, int maxLength) {
        return text(name).map(value -> checkLength(name, value, maxLength));
    }

    private static String checkLength(String name, String value, int maxLength) {
        if (value.codePointCount(0, value.length()) > maxLength) {
            throw RequestError.TOO_LONG.exception(name, maxLength);
        }
        return value;
    }

    private static void readForm(String text, Charset charset, Map<String, String> values) {
        LenientFormParser.parse(text, charset).forEach(field -> values.putIfAbsent(field.name(), field.value()));
    }

    /** Escapes raw bytes: the HTTP parser reads each byte that a client did not encode as a character of ISO 8859-1. */
    private static String escapeRawBytes(String rawQuery) {
        return RAW_BYTE.matcher(rawQuery)
                .replaceAll(raw -> "%%%02X".formatted((int) raw.group().charAt(0)));
    }

    private static void readJson(byte[] body, Map<String, String> values) {
        if (body.length == 0) {
            return;
        }
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw RequestError.NOT_JSON.exception(e.getOriginalMessage());
        } catch (IOException e) {
            throw RequestError.UNREADABLE_JSON.exception();
        }
        if (!root.isObject()) {
            throw RequestError.NOT_AN_OBJECT.exception();
        }
        root.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (!value.isNull()) {
                values.putIfAbsent(member.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        });
    }

    private static boolean isJson(MediaType contentType) {
        return contentType != null
                && contentType.getType().equalsIgnoreCase("application")
                && (contentType.getSubtype().equalsIgnoreCase("json")
                        || contentType.getSubtype().endsWith("+json"));
    }

    private static Charset charset(MediaType contentType) {
        String name = contentType == null ? null : contentType.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (name == null) {
            return UTF_8;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return UTF_8;
        }
    }

    /** Rejects U+0000 and unpaired surrogates, which PostgreSQL can't store. */
    private static void rejectUnstorable(String name, String value) {
        if (name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            throw RequestError.NUL_CHARACTER.exception(name.replace("\0", ""));
        }
        if (!UTF_8.newEncoder().canEncode(value)) {
            throw RequestError.UNPAIRED_SURROGATE.exception(name);
        }
    }
}
