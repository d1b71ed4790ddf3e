package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The parameters of one request of a POS, wherever it put them: form body, JSON body, query string, or several of them
 * (the body wins). Names are matched ignoring case, values are as received after decoding. Immutable.
 */
public final class PosParameters {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] MULTIPART_BOUNDARY = {'-', '-'};

    private final Map<String, String> values;

    private PosParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the body of a request and parses its parameters.
     *
     * @return fails with {@link ApiException} as {@link #read(String, MediaType, byte[])} and {@link RequestBody#read} do
     */
    public static Uni<PosParameters> read(RoutingContext routing) {
        String contentType = routing.request().getHeader(HttpHeaders.CONTENT_TYPE);
        MediaType type = contentType == null ? null : MediaType.valueOf(contentType);
        return RequestBody.read(routing).map(body -> read(routing.request().query(), type, body));
    }

    /**
     * Parses the parameters of a request. An empty body has no parameters, whatever its media type.
     *
     * @param rawQuery the query string, still encoded; null if the request has no query
     * @param contentType null means a form
     * @param received the body; null if the request has no body
     * @throws ApiException 413 if the body is longer than 256 KiB; 415 if it is multipart or its charset is not
     *     supported; 400 if its media type is JSON but it is not a JSON object, if there are too many parameters, or if a
     *     value can't be stored
     */
    public static PosParameters read(String rawQuery, MediaType contentType, byte[] received) {
        byte[] body = received == null ? new byte[0] : received;
        if (body.length > RequestBody.MAX_BYTES) {
            throw RequestError.BODY_TOO_LARGE.exception();
        }
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (body.length > 0) {
            readBody(contentType, startsWith(body, BYTE_ORDER_MARK) ? withoutMark(body) : body, values);
        }
        if (rawQuery != null) {
            // The HTTP parser reads each byte that a client did not encode as a character of ISO 8859-1.
            readForm(rawQuery.getBytes(ISO_8859_1), RequestCharset.DEFAULT, values);
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

    /**
     * Returns the parameters with other values; the same instance if all values stay as they are.
     *
     * @param change from name and value to the new value
     */
    PosParameters map(BinaryOperator<String> change) {
        Map<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, value) -> changed.put(name, change.apply(name, value)));
        return changed.equals(values) ? this : new PosParameters(changed);
    }

    private static String checkLength(String name, String value, int maxLength) {
        if (value.codePointCount(0, value.length()) > maxLength) {
            throw RequestError.TOO_LONG.exception(name, maxLength);
        }
        return value;
    }

    private static void readBody(MediaType contentType, byte[] body, Map<String, String> values) {
        rejectMultipart(contentType, body);
        RequestCharset charset = RequestCharset.of(contentType);
        if (body.length == 0) {
            return;
        }
        if (isJson(contentType)) {
            JsonParameters.parse(body, charset).forEach(values::putIfAbsent);
        } else {
            readForm(body, charset, values);
        }
    }

    private static void readForm(byte[] form, RequestCharset charset, Map<String, String> values) {
        LenientFormParser.parse(form, charset).forEach(field -> values.putIfAbsent(field.name(), field.value()));
    }

    private static boolean isJson(MediaType contentType) {
        return contentType != null
                && contentType.getType().equalsIgnoreCase("application")
                && (contentType.getSubtype().equalsIgnoreCase("json")
                        || contentType.getSubtype().endsWith("+json"));
    }

    /** A form that is only labelled as multipart is read as a form. */
    private static void rejectMultipart(MediaType contentType, byte[] body) {
        if (contentType != null
                && contentType.getType().equalsIgnoreCase("multipart")
                && startsWith(body, MULTIPART_BOUNDARY)) {
            throw RequestError.UNSUPPORTED_MEDIA_TYPE.exception("multipart/" + contentType.getSubtype());
        }
    }

    private static boolean startsWith(byte[] body, byte[] prefix) {
        return body.length >= prefix.length && Arrays.equals(body, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] withoutMark(byte[] body) {
        return Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length);
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
