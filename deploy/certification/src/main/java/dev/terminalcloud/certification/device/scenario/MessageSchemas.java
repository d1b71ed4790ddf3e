package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The schemas of the messages that a device sends, as the AsyncAPI document of the device protocol states them. */
final class MessageSchemas {
    private static final String DOCUMENT = "/docs/device-protocol.yaml";

    /** Messages are in English whatever the language of the machine: the root has them. */
    private static final SchemaValidatorsConfig CONFIGURATION = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .losslessNarrowing(true) // a number counts by its value: 500.0 is an integer
            .locale(Locale.ROOT)
            .pathType(PathType.JSON_PATH)
            .build();

    private final Map<String, JsonSchema> byType;

    private MessageSchemas(Map<String, JsonSchema> byType) {
        this.byType = byType;
    }

    static MessageSchemas read() {
        try (InputStream in = MessageSchemas.class.getResourceAsStream(DOCUMENT)) {
            JsonNode document = new YAMLMapper().readTree(in);
            return new MessageSchemas(document.at("/channels/events/messages").properties().stream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toMap(type -> type, type -> schema(document, type))));
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + DOCUMENT, e);
        }
    }

    /** The members that refer to a component are replaced by it: the validator knows no other keywords than those of a schema. */
    private static JsonSchema schema(JsonNode document, String type) {
        ObjectNode schema = document.path("components")
                .path("messages")
                .path(type)
                .path("payload")
                .deepCopy();
        schema.path("properties").properties().forEach(member -> {
            if (member.getValue().has("$ref")) {
                member.setValue(
                        document.at(member.getValue().path("$ref").textValue().substring(1)));
            }
        });
        return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema, CONFIGURATION);
    }

    /** Returns the types of the messages that a device sends. */
    Set<String> types() {
        return byType.keySet();
    }

    /**
     * Returns a violation of the schema, or empty. A member that is null counts as absent.
     *
     * @param type one of {@link #types()}
     */
    Optional<String> violation(String type, ObjectNode message) {
        ObjectNode present = message.deepCopy();
        present.properties().removeIf(member -> member.getValue().isNull());
        return byType.get(type).validate(present).stream()
                .map(ValidationMessage::getMessage)
                .findFirst();
    }
}
