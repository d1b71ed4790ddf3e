package dev.terminalcloud.checker.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.stream.Collectors;

/** The form of requests to the POS API, and of their responses. */
final class FormRequest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FormRequest() {}

    static HttpRequest.Builder to(URI cloud, String path) {
        return HttpRequest.newBuilder(cloud.resolve("/POS/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Returns the response as JSON; as a text if it is not JSON. */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(body);
        }
    }
}
