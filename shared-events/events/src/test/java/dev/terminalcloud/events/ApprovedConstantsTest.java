package dev.terminalcloud.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The constants of event members that running builds know. For these builds an event with another constant is malformed
 * and goes to the dead-letter topic, so a new constant requires a new version of each event that can contain it.
 */
class ApprovedConstantsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void noBuildWritesAConstantThatAnotherBuildCantRead() throws IOException {
        assertThat(constants())
                .as("approved/constants.json: a new constant requires a new version of the events that can contain it")
                .isEqualTo(approved());
    }

    private static Map<String, List<String>> approved() throws IOException {
        try (InputStream file = ApprovedConstantsTest.class.getResourceAsStream("/approved/constants.json")) {
            return JSON.readValue(file, new TypeReference<>() {});
        }
    }

    private static Map<String, List<String>> constants() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> EventCodec.recordsOf(topic.family()))
                .flatMap(ApprovedConstantsTest::enumsOf)
                .distinct()
                .collect(Collectors.toMap(
                        Class::getSimpleName,
                        type -> Arrays.stream(type.getEnumConstants())
                                .map(constant -> JSON.valueToTree(constant).asText())
                                .toList(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Stream<Class<?>> enumsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            Class<?> member = component.getType();
            return member.isRecord()
                    ? enumsOf(member)
                    : Stream.<Class<?>>of(member).filter(Class::isEnum);
        });
    }
}
