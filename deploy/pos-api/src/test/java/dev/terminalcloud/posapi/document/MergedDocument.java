package dev.terminalcloud.posapi.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** The document merged from the introduction, the parts of the services and the catalogue of their errors. */
record MergedDocument(ObjectNode document) {

    static MergedDocument of(Path introduction, List<Path> parts) {
        ObjectNode document = Yaml.read(introduction);
        ObjectNode paths = document.putObject("paths");
        ObjectNode components = document.putObject("components");
        for (Path part : parts) {
            ObjectNode service = Yaml.read(part);
            addAll(paths, service.path("paths"));
            service.path("components")
                    .properties()
                    .forEach(kind -> addAll(components.withObjectProperty(kind.getKey()), kind.getValue()));
        }
        ErrorCatalogue catalogue = ErrorCatalogue.of(document);
        document.remove(ErrorCatalogue.BEFORE_SERVICES);
        ObjectNode information = (ObjectNode) document.path("info");
        String words = information.path("description").asText();
        information.put("description", words + "\n## Errors\n\n" + catalogue.table() + "\n");
        return new MergedDocument(document);
    }

    /** Copies all members. Fails if both services define the same name differently. */
    private static void addAll(ObjectNode target, JsonNode source) {
        source.properties().forEach(entry -> {
            JsonNode known = target.get(entry.getKey());
            if (known != null && !known.equals(entry.getValue())) {
                throw new IllegalStateException("The services define " + entry.getKey() + " differently");
            }
            target.set(entry.getKey(), entry.getValue());
        });
    }
}
