package dev.terminalcloud.virtualregister;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters as {@code application/x-www-form-urlencoded} (WHATWG URL standard): the body of a request, or its query. */
public final class FormBody {
    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private FormBody() {}

    /** Returns the parameters in UTF-8, in the order of the map. */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
