package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The description of a JSON body: its schema, and the members that vary from call to call. */
record DocumentedBody(JsonNode schema) {
    private static final SchemaValidatorsConfig FORMATS_COUNT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /** Returns the description in a response or in the content of a request. */
    static DocumentedBody of(JsonNode content) {
        return new DocumentedBody(content.path("schema"));
    }

    /** Asserts that the body matches the schema, and has no undocumented member. */
    void assertFits(JsonNode body) {
        ObjectNode self = PosApi.COMMITTED.document().deepCopy();
        self.setAll((ObjectNode) schema);
        JsonSchema compiled = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(self, FORMATS_COUNT);
        assertThat(compiled.validate(body)).as(body.toString()).isEmpty();
        assertKnown(schema, body);
    }

    /** Asserts that the body has the members of the example, with their values unless the document marks them as varying. */
    void assertIsLike(JsonNode example, JsonNode body) {
        assertIsLike(schema, example, body);
    }

    private static void assertIsLike(JsonNode schema, JsonNode example, JsonNode body) {
        assertThat(names(body)).as("the members of %s", body).isEqualTo(names(example));
        JsonNode described = described(schema);
        for (String name : names(example)) {
            JsonNode member = described.path(name);
            if (example.path(name).isObject()) {
                assertIsLike(member, example.path(name), body.path(name));
            } else if (!member.path("x-varies").asBoolean()) {
                assertThat(body.path(name)).as("%s in %s", name, body).isEqualTo(example.path(name));
            }
        }
    }

    private static void assertKnown(JsonNode schema, JsonNode body) {
        JsonNode described = described(schema);
        assertThat(names(described)).as("the documented members").containsAll(names(body));
        for (String name : names(body)) {
            if (body.path(name).isObject()) {
                assertKnown(described.path(name), body.path(name));
            }
        }
    }

    private static JsonNode described(JsonNode schema) {
        return PosApi.COMMITTED.resolved(schema).path("properties");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }

    /** Returns the headers that are always present according to the document. */
    static List<String> requiredHeaders(JsonNode response) {
        return response.path("headers").properties().stream()
                .filter(header -> PosApi.COMMITTED
                        .resolved(header.getValue())
                        .path("required")
                        .asBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }
}
