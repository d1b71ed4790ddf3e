package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.virtualregister.FormBody;
import java.util.Map;

/** The encodings of parameters. */
enum Form {
    FORM {
        @Override
        Reply send(GatewayClient caller, String method, String path, Map<String, String> parameters) {
            return caller.call(
                    method,
                    path,
                    FormBody.CONTENT_TYPE,
                    FormBody.encode(parameters).getBytes(UTF_8));
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
            return caller.call(method, path + "?" + FormBody.encode(parameters), FormBody.CONTENT_TYPE, new byte[0]);
        }
    };

    abstract Reply send(GatewayClient caller, String method, String path, Map<String, String> parameters);
}
