package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Objects of other kinds fit the schema of their definition, and have no members that it does not name. A kind without a definition is
 * unknown: add the definition to the folder. Rules in CEL are not evaluated: that takes an API server.
 */
public final class CustomResources implements Rule {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonSchema> schemas;

    private CustomResources(Map<String, JsonSchema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    /** Reads the definitions (CustomResourceDefinition as JSON) in a folder. */
    public static CustomResources read(Path folder) {
        Map<String, JsonSchema> schemas = new HashMap<>();
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                Manifest definition = new Manifest(JSON.readTree(file.toFile()));
                definition.each("/spec/versions").forEach(version -> {
                    JsonNode schema = version.at("/schema/openAPIV3Schema");
                    refuseUnknownMembers(schema);
                    schemas.put(key(definition, version), factory.getSchema(schema));
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CustomResources(schemas);
    }

    @Override
    public Stream<String> violations(Manifests manifests) {
        return manifests.all().stream()
                .filter(manifest -> !BuiltInTypes.isBuiltIn(manifest))
                .flatMap(this::violations);
    }

    private Stream<String> violations(Manifest manifest) {
        JsonSchema schema = schemas.get(manifest.apiVersion() + "/" + manifest.kind());
        return schema == null
                ? Stream.of("%s: the kind of %s is unknown".formatted(manifest, manifest.apiVersion()))
                : schema.validate(manifest.json()).stream().map(error -> manifest + ": " + error.getMessage());
    }

    private static String key(Manifest definition, JsonNode version) {
        return "%s/%s/%s"
                .formatted(
                        definition.text("/spec/group"),
                        version.path("name").asText(),
                        definition.text("/spec/names/kind"));
    }

    /** An API server drops members that a schema does not name; here they are errors. */
    private static void refuseUnknownMembers(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.has("properties")
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(CustomResources::refuseUnknownMembers);
    }
}
