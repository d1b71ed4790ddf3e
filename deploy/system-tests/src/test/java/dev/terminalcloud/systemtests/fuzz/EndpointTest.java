package dev.terminalcloud.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A parameter or an endpoint that is added to the POS API is added to the requests that are corrupted. */
class EndpointTest {
    private static final Map<String, String> NAMES = Map.of(
            "POSRegisterID", "till-1",
            "POSRegisterName", "Till 1",
            "POSBusinessName", "Bakery",
            "POSVendorName", "Vendor");

    @Test
    void eachParameterOfTheDocumentIsCorrupted() throws IOException {
        Map<String, Set<String>> corrupted = new TreeMap<>();
        for (Endpoint endpoint : Endpoint.all(NAMES)) {
            Set<String> names =
                    corrupted.computeIfAbsent(endpoint.method() + " " + endpoint.path(), unused -> new TreeSet<>());
            endpoint.corruptible().forEach(parameter -> names.add(parameter.name()));
        }

        assertThat(documented()).isNotEmpty().allSatisfy((operation, names) -> assertThat(
                        corrupted.getOrDefault(operation, Set.of()))
                .as(operation)
                .containsAll(names));
    }

    /** Returns the parameters of each method and path, without headers. */
    private static Map<String, Set<String>> documented() throws IOException {
        JsonNode document = YAMLMapper.builder()
                .build()
                .readTree(Files.readString(
                        Installation.root().resolve("deploy/pos-api/src/main/resources/docs/pos-api.yaml")));
        Map<String, Set<String>> parameters = new TreeMap<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> parameters.put(
                        method.getKey().toUpperCase(Locale.ROOT)
                                + " "
                                + path.getKey().replaceAll("\\{[^}]+}", "*"),
                        names(document, method.getValue()))));
        return parameters;
    }

    private static Set<String> names(JsonNode document, JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode listed : operation.path("parameters")) {
            JsonNode parameter = resolved(document, listed);
            if (!parameter.path("in").asText().equals("header")) {
                names.add(parameter.path("name").asText());
            }
        }
        for (JsonNode body : operation.at("/requestBody/content")) {
            resolved(document, body.path("schema"))
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(names::add);
        }
        return names;
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
