package dev.terminalcloud.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares records with schemas: the same members, of the same types, with the same values. */
final class RecordMembers {
    private static final Map<Class<?>, String> TYPES = Map.of(
            String.class, "string",
            UUID.class, "string uuid",
            Instant.class, "string date-time",
            int.class, "integer int32",
            Integer.class, "integer int32",
            long.class, "integer int64",
            Long.class, "integer int64",
            List.class, "array");

    private RecordMembers() {}

    /** Returns the records of a sealed interface that have a wire name, by that name. */
    static Map<String, Class<?>> byName(Class<?> family) {
        return records(family)
                .filter(type -> type.isAnnotationPresent(JsonTypeName.class))
                .collect(Collectors.toMap(
                        type -> type.getAnnotation(JsonTypeName.class).value(), type -> type));
    }

    private static Stream<Class<?>> records(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : records(type));
    }

    /** Returns the names of a record's members, and {@code type}, which is the wire name of the record. */
    static Set<String> withType(Class<?> type) {
        Set<String> names = names(type);
        names.add("type");
        return names;
    }

    static Set<String> names(Class<?> type) {
        return members(type).map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the components that are members by themselves: instead of an unwrapped record those of that record. */
    private static Stream<RecordComponent> members(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? members(component.getType())
                        : Stream.of(component));
    }

    /** Asserts that each member has the documented type; primitive members are required, boxed members are not. */
    static void assertDescribed(Document document, JsonNode schema, Class<?> type) {
        List<String> required = Document.texts(schema.path("required"));
        for (RecordComponent component : members(type).toList()) {
            String name = component.getName();
            JsonNode member = document.resolved(schema.path("properties").path(name));
            assertDescribed(document, member, component.getType(), type.getSimpleName() + "." + name);
            if (component.getType().isPrimitive()) {
                assertThat(required).as(type.getSimpleName()).contains(name);
            }
            if (component.getType() == Integer.class || component.getType() == Long.class) {
                assertThat(required).as(type.getSimpleName()).doesNotContain(name);
            }
        }
    }

    private static void assertDescribed(Document document, JsonNode member, Class<?> type, String name) {
        if (type.isEnum()) {
            assertThat(Document.texts(member.path("enum"))).as(name).containsExactlyElementsOf(values(type));
        } else if (type.isRecord()) {
            assertThat(Document.names(member.path("properties"))).as(name).isEqualTo(names(type));
            assertDescribed(document, member, type);
        } else {
            String described =
                    (member.path("type").asText() + " " + member.path("format").asText()).strip();
            assertThat(described).as(name).isEqualTo(TYPES.get(type));
        }
    }

    /** Returns the wire values of an enum. */
    static List<String> values(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.isAnnotationPresent(JsonProperty.class))
                .map(field -> field.getAnnotation(JsonProperty.class).value())
                .toList();
    }
}
