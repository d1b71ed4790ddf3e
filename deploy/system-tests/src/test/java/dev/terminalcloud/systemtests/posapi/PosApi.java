package dev.terminalcloud.systemtests.posapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The committed description of the POS API. */
record PosApi(JsonNode document) {
    static final PosApi COMMITTED = read();

    /** An example of a request. */
    record RequestExample(String operation, String name, Map<String, String> parameters) {
        @Override
        public String toString() {
            return operation + " " + name;
        }
    }

    /**
     * An example of a response.
     *
     * @param template the text of an error, with placeholders for the values that vary
     */
    record ResponseExample(String operation, int status, String name, JsonNode body, String template) {
        /** Returns the key of the run that provokes it. */
        String key() {
            return "%s %d %s".formatted(operation, status, name);
        }

        /** Returns the text of this error, without the numbers that are configuration. */
        String comparable(String text) {
            return template.contains("{limit}") ? text.replaceAll("[0-9]+", "#") : text;
        }

        @Override
        public String toString() {
            return key();
        }
    }

    private static PosApi read() {
        try {
            String text = Files.readString(
                    Installation.root().resolve("deploy/pos-api/src/main/resources/docs/pos-api.yaml"));
            return new PosApi(YAMLMapper.builder().build().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<RequestExample> requestExamples() {
        return operations()
                .flatMap(operation ->
                        operation
                                .at("/requestBody/content/application~1x-www-form-urlencoded/examples")
                                .properties()
                                .stream()
                                .map(example -> new RequestExample(
                                        id(operation),
                                        example.getKey(),
                                        texts(resolved(example.getValue()).path("value")))))
                .toList();
    }

    List<ResponseExample> responseExamples() {
        return operations().flatMap(this::responseExamples).toList();
    }

    private Stream<ResponseExample> responseExamples(JsonNode operation) {
        return operation.path("responses").properties().stream()
                .flatMap(response -> content(response.getValue()).path("examples").properties().stream()
                        .map(example -> new ResponseExample(
                                id(operation),
                                Integer.parseInt(response.getKey()),
                                example.getKey(),
                                resolved(example.getValue()).path("value"),
                                example.getValue().path("x-text").asText())));
    }

    /** Returns the example of the callback's body. */
    JsonNode callbackExample() {
        JsonNode request = callback().at("/requestBody/content/application~1json");
        return resolved(request.at("/examples/callback")).path("value");
    }

    JsonNode callback() {
        JsonNode callback = document.path("paths").path("/POS/Transaction").at("/post/callbacks/completed");
        return callback.elements().next().path("post");
    }

    /** Returns the description of a notification. */
    JsonNode notification() {
        JsonNode callback = document.path("paths")
                .path("/POS/Pairing/{pairingCode}")
                .path("put")
                .path("callbacks")
                .path("notification");
        return callback.elements().next().path("post");
    }

    /** Returns an example of a notification's body. */
    JsonNode notificationExample(String name) {
        JsonNode examples = notification().at("/requestBody/content/application~1json/examples");
        return resolved(examples.path(name)).path("value");
    }

    /** Returns the content that is sent as a form. */
    JsonNode requestContent(String operation) {
        return operation(operation).at("/requestBody/content/application~1x-www-form-urlencoded");
    }

    /** Returns the response of an operation with this status; a missing node if it is not documented. */
    JsonNode response(String operation, int status) {
        return operation(operation).path("responses").path(Integer.toString(status));
    }

    private JsonNode operation(String id) {
        return operations()
                .filter(candidate -> id(candidate).equals(id))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode content(JsonNode response) {
        return response.at("/content/application~1json");
    }

    /** Resolves a reference into the document. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private Stream<JsonNode> operations() {
        return elements(document.path("paths")).flatMap(PosApi::elements);
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static String id(JsonNode operation) {
        return operation.path("operationId").asText();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().textValue()));
        return texts;
    }

    static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }
}
