package dev.terminalcloud.certification.pos.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rules for the parameters of a request, as the OpenAPI document of the POS API states them. */
final class ParameterRules {
    private static final String DOCUMENT = "/docs/pos-api.yaml";

    private final JsonNode document;
    private final JsonNode schemas;

    private ParameterRules(JsonNode document) {
        this.document = document;
        this.schemas = document.at("/components/schemas");
    }

    static ParameterRules read() {
        try (InputStream in = ParameterRules.class.getResourceAsStream(DOCUMENT)) {
            return new ParameterRules(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + DOCUMENT, e);
        }
    }

    /**
     * Returns the violations.
     *
     * @param schema the name of the schema
     * @param parameters by names whose case is ignored
     */
    List<String> violations(String schema, Map<String, String> parameters) {
        JsonNode rules = schemas.path(schema);
        List<String> violations = new ArrayList<>();
        elements(rules.path("required"))
                .map(JsonNode::textValue)
                .filter(name -> parameters.getOrDefault(name, "").isEmpty())
                .forEach(name -> violations.add(name + " is missing"));
        rules.path("properties").properties().forEach(property -> {
            String value = parameters.getOrDefault(property.getKey(), "");
            if (!value.isEmpty()) {
                check(property.getKey(), value, property.getValue(), violations);
            }
        });
        return violations;
    }

    /** Returns each method and path of the document: {@code GET /POS/Status}. */
    Set<String> operations() {
        Set<String> operations = new LinkedHashSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** Returns the names of the parameters in the schema. */
    Set<String> names(String schema) {
        Set<String> names = new LinkedHashSet<>();
        schemas.path(schema).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns the values that the schema allows for the parameter. */
    Set<String> values(String schema, String parameter) {
        return elements(schemas.path(schema).path("properties").path(parameter).path("enum"))
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
    }

    private static void check(String name, String value, JsonNode rule, List<String> violations) {
        int maxLength = rule.path("maxLength").asInt(Integer.MAX_VALUE);
        if (value.codePointCount(0, value.length()) > maxLength) {
            violations.add("%s must be at most %d characters".formatted(name, maxLength));
        }
        if (rule.has("pattern") && !value.matches(rule.path("pattern").textValue())) {
            violations.add(name + ruleOf(name));
        }
        if (rule.has("enum")
                && elements(rule.path("enum"))
                        .noneMatch(allowed -> allowed.textValue().equals(value))) {
            violations.add("Unknown " + name + ": " + value);
        }
    }

    private static String ruleOf(String name) {
        if (name.equals(PosRequest.ORIGINAL)) {
            return " must be a UUID";
        }
        return name.startsWith("Amount")
                ? " must be an integer number of cents from 1 to 999999999, digits only"
                : " has another form than the document of the POS API requires";
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
