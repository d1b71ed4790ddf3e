package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/** The encodings of parameters. */
enum Form {
    FORM {
        @Override
        Reply send(GatewayClient caller, String method, String path, Map<String, String> parameters) {
            return caller.call(
                    method,
                    path,
                    "application/x-www-form-urlencoded",
                    encoded(parameters).getBytes(UTF_8));
        }
    },
    JSON {
        @Override
        Reply send(GatewayClient caller, String method, String path, Map<String, String> parameters) {
            ObjectNode object = JsonMapper.builder().build().createObjectNode();
            parameters.forEach(object::put);
            return caller.call(
                    method, path, "application/json", object.toString().getBytes(UTF_8));
        }
    },
    QUERY {
        @Override
        Reply send(GatewayClient caller, String method, String path, Map<String, String> parameters) {
            return caller.call(
                    method, path + "?" + encoded(parameters), "application/x-www-form-urlencoded", new byte[0]);
        }
    };

    abstract Reply send(GatewayClient caller, String method, String path, Map<String, String> parameters);

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8)
                        + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
