package dev.terminalcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * During a rolling upgrade both builds run, and each parses what the other writes: a member that the newer build has added,
 * and the absence of each optional member. Tests every member of every event.
 */
class RollingUpgradeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ADDED = "addedByANewerBuild";

    static Stream<Arguments> events() {
        return Samples.ALL.entrySet().stream().flatMap(entry -> Arrays.stream(entry.getValue())
                .map(event -> Arguments.of(entry.getKey(), EventCodec.typeOf(event), event)));
    }

    static Stream<Arguments> optionalMembers() {
        return members(false);
    }

    static Stream<Arguments> numbers() {
        return members(true);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("events")
    void memberAddedByANewerBuildIsIgnored(Topic topic, String type, Event event) {
        ObjectNode written = written(event);
        addEverywhere(written);

        assertThat(written.toString()).contains(ADDED);
        assertThat(EventCodec.decode(topic, bytes(written))).isEqualTo(event);
    }

    @ParameterizedTest(name = "{1} without {2}")
    @MethodSource("optionalMembers")
    void memberThatAnOlderBuildDoesNotWriteIsNull(Topic topic, String type, List<String> member, Event event) {
        ObjectNode written = written(event);
        remove(written, event.getClass(), member);

        assertThat(EventCodec.decode(topic, bytes(written))).isEqualTo(RecordCopy.without(event, member));
    }

    /** So adding a number, or making it optional, requires a new version of the event. */
    @ParameterizedTest(name = "{1} without {2}")
    @MethodSource("numbers")
    void numberIsNeverAbsent(Topic topic, String type, List<String> member, Event event) {
        ObjectNode written = written(event);
        remove(written, event.getClass(), member);

        assertThatThrownBy(() -> EventCodec.decode(topic, bytes(written)))
                .isInstanceOf(MalformedEventException.class)
                .hasStackTraceContaining(member.get(member.size() - 1));
    }

    private static Stream<Arguments> members(boolean numbers) {
        return Samples.ALL.entrySet().stream().flatMap(entry -> Arrays.stream(entry.getValue())
                .flatMap(event -> membersOf(event.getClass(), List.of(), numbers)
                        .map(member -> Arguments.of(entry.getKey(), EventCodec.typeOf(event), member, event))));
    }

    /** Returns the path to each member, members of nested records included. */
    private static Stream<List<String>> membersOf(Class<?> type, List<String> way, boolean numbers) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            List<String> here = further(way, component);
            boolean isMember = !isUnwrapped(component) && component.getType().isPrimitive() == numbers;
            Stream<List<String>> itself = isMember ? Stream.of(here) : Stream.empty();
            return component.getType().isRecord()
                    ? Stream.concat(itself, membersOf(component.getType(), here, numbers))
                    : itself;
        });
    }

    private static List<String> further(List<String> way, RecordComponent component) {
        List<String> here = new ArrayList<>(way);
        here.add(component.getName());
        return List.copyOf(here);
    }

    /** Returns true if each of its members is a member of the object that it belongs to. */
    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    private static ObjectNode written(Event event) {
        try {
            return (ObjectNode) JSON.readTree(EventCodec.encode(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addEverywhere(ObjectNode object) {
        for (JsonNode member : object) {
            if (member instanceof ObjectNode inner) {
                addEverywhere(inner);
            }
        }
        object.putObject(ADDED).putArray("of").add("tomorrow");
    }

    private static void remove(ObjectNode written, Class<?> type, List<String> member) {
        if (member.size() == 1) {
            assertThat(written.remove(member.get(0))).isNotNull();
            return;
        }
        RecordComponent outer = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(member.get(0)))
                .findFirst()
                .orElseThrow();
        ObjectNode holder = isUnwrapped(outer) ? written : (ObjectNode) written.get(outer.getName());
        remove(holder, outer.getType(), member.subList(1, member.size()));
    }

    private static byte[] bytes(ObjectNode written) {
        return written.toString().getBytes(UTF_8);
    }
}
