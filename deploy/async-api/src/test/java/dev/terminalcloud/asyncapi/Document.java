package dev.terminalcloud.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One of the documents, with queries on it. */
record Document(String name, JsonNode root) {
    static final Document DEVICE_PROTOCOL = read("device-protocol");
    static final Document EVENTS = read("events");

    private static final SchemaValidatorsConfig FORMATS_COUNT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private static Document read(String name) {
        try (InputStream file = Document.class.getResourceAsStream("/docs/" + name + ".yaml")) {
            return new Document(name, YAMLMapper.builder().build().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Message> messages() {
        return root.at("/components/messages").properties().stream()
                .map(entry -> new Message(this, entry.getKey(), entry.getValue()));
    }

    Message message(String type) {
        return messages()
                .filter(message -> message.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no message " + type));
    }

    /** Returns the channel with this key. */
    JsonNode channel(String key) {
        JsonNode channel = root.path("channels").path(key);
        assertThat(channel.isObject()).as("%s has a channel %s", name, key).isTrue();
        return channel;
    }

    /** Returns the types of the messages of a channel. */
    Set<String> typesOf(String channel) {
        return names(channel(channel).path("messages"));
    }

    /** Returns the node that a reference in this document names, or the node itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** Returns a schema of this document that can be applied: it includes the components that it refers to. */
    private JsonSchema schema(JsonNode schema) {
        ObjectNode self = schema.deepCopy();
        self.set("components", root.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(self, FORMATS_COUNT);
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** One message, its schema and its example. */
    record Message(Document document, String type, JsonNode node) {

        JsonNode payload() {
            return node.path("payload");
        }

        Set<String> members() {
            return names(payload().path("properties"));
        }

        Set<String> required() {
            return new TreeSet<>(texts(payload().path("required")));
        }

        JsonNode member(String name) {
            return document.resolved(payload().path("properties").path(name));
        }

        ObjectNode example() {
            assertThat(node.path("examples")).as("examples of %s", type).hasSize(1);
            return node.at("/examples/0/payload").deepCopy();
        }

        byte[] exampleBytes() {
            return bytes(example());
        }

        void assertFits(JsonNode json) {
            assertThat(document.schema(payload()).validate(json))
                    .as("%s as %s", json, type)
                    .isEmpty();
        }

        void assertHeadersFit() {
            assertThat(document.schema(node.path("headers")).validate(node.at("/examples/0/headers")))
                    .as("headers of %s", type)
                    .isEmpty();
        }

        @Override
        public String toString() {
            return type;
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return JsonMapper.builder().build().writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
