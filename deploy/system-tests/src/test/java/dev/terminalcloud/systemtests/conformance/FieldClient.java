package dev.terminalcloud.systemtests.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parameter encodings of POS systems in the field. */
enum FieldClient {
    JAVASCRIPT,
    C_SHARP,
    PHP,
    CURL,
    DELPHI;

    private String contentType() {
        return switch (this) {
            case JAVASCRIPT, C_SHARP, CURL -> "application/x-www-form-urlencoded";
            case PHP -> "application/x-www-form-urlencoded; charset=UTF-8";
            case DELPHI -> "application/x-www-form-urlencoded; charset=utf-8";
        };
    }

    private String encoded(String value) {
        return switch (this) {
            case JAVASCRIPT -> percent(value, "-_.!~*'()");
            case C_SHARP -> percent(value, "-_.~").replace("%20", "+");
            case PHP -> percent(value, "-_.").replace("%20", "+");
            case CURL -> value;
            case DELPHI -> lowerCaseEscapes(value);
        };
    }

    Answer send(VirtualRegister register, String method, URI url, Map<String, String> parameters) {
        return register.send(HttpRequest.newBuilder(url)
                .header("Content-Type", contentType())
                .method(method, BodyPublishers.ofString(text(parameters))));
    }

    private String text(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String lowerCaseEscapes(String text) {
        return Pattern.compile("%[0-9A-F]{2}").matcher(percent(text, "")).replaceAll(escape -> escape.group()
                .toLowerCase(Locale.ROOT));
    }

    /** Percent-encodes all characters except letters, digits and these. */
    private static String percent(String text, String literal) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean plain =
                    character < 0x80 && (Character.isLetterOrDigit(character) || literal.indexOf(character) >= 0);
            encoded.append(plain ? String.valueOf(character) : String.format(Locale.ROOT, "%%%02X", (int) character));
        }
        return encoded.toString();
    }
}
