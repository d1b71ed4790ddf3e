package dev.terminalcloud.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The CycloneDX bill of materials of a service: {@code target/bom.json}. */
record BillOfMaterials(String format, String specVersion, List<Component> components) {

    /**
     * A library.
     *
     * @param licences the SPDX ids or, where the library has none, the names
     */
    record Component(String group, String name, String version, List<String> licences) {

        /** Returns whether this is the library in a jar of {@code target/quarkus-app/lib}. */
        boolean isIn(String jar) {
            return jar.startsWith("%s.%s-%s".formatted(group, name, version));
        }

        @Override
        public String toString() {
            return "%s:%s:%s %s".formatted(group, name, version, licences);
        }
    }

    static BillOfMaterials of(String service) {
        try {
            JsonNode document = JsonMapper.builder()
                    .build()
                    .readTree(Installation.root()
                            .resolve(service)
                            .resolve("target/bom.json")
                            .toFile());
            return new BillOfMaterials(
                    document.path("bomFormat").asText(),
                    document.path("specVersion").asText(),
                    stream(document.path("components"))
                            .map(BillOfMaterials::component)
                            .toList());
        } catch (IOException e) {
            throw new IllegalStateException(service + " has no bill of materials: build it with ./mvnw verify", e);
        }
    }

    private static Component component(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            licences.add(
                    choice.has("expression")
                            ? choice.path("expression").asText()
                            : licence.path(licence.has("id") ? "id" : "name").asText());
        }
        return new Component(
                component.path("group").asText(),
                component.path("name").asText(),
                component.path("version").asText(),
                licences);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
