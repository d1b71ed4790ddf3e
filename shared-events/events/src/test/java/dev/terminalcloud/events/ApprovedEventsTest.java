package dev.terminalcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract with other builds: each event is serialised as its approved file {@code approved/<type>.json}, and the file
 * is parsed as that event. A file never changes: a type that gets optional members has a second file with all of them,
 * {@code <type>.complete.json}.
 */
class ApprovedEventsTest {
    private static final String COMPLETE = ".complete";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<Arguments> samples() {
        Set<String> extended = Samples.WITHOUT_LATER_MEMBERS.values().stream()
                .flatMap(Arrays::stream)
                .map(EventCodec::typeOf)
                .collect(Collectors.toSet());
        return Stream.concat(
                samples(Samples.ALL, type -> extended.contains(type) ? type + COMPLETE : type),
                samples(Samples.WITHOUT_LATER_MEMBERS, type -> type));
    }

    private static Stream<Arguments> samples(Map<Topic, Event[]> events, UnaryOperator<String> file) {
        return events.entrySet().stream().flatMap(entry -> Arrays.stream(entry.getValue())
                .map(event -> Arguments.of(entry.getKey(), file.apply(EventCodec.typeOf(event)), event)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("samples")
    void eventIsWrittenAsApproved(Topic topic, String file, Event event) throws JsonProcessingException {
        assertThat(JSON.readTree(EventCodec.encode(event))).isEqualTo(JSON.readTree(approved(file)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("samples")
    void approvedFileIsReadAsTheEvent(Topic topic, String file, Event event) {
        assertThat(EventCodec.decode(topic, approved(file).getBytes(UTF_8))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyRecordOfTheFamilyHasASample(Topic topic) {
        Set<Class<?>> sampled =
                Arrays.stream(Samples.ALL.get(topic)).map(Object::getClass).collect(Collectors.toSet());

        List<Class<?>> records = recordsOf(topic.family()).toList();

        assertThat(records).isNotEmpty();
        assertThat(sampled).containsExactlyInAnyOrderElementsOf(records);
    }

    /** An optional member that is added is in an approved file. */
    @ParameterizedTest
    @EnumSource(Topic.class)
    void eachSampleHasEachMember(Topic topic) {
        assertThat(Samples.ALL.get(topic)).allSatisfy(event -> assertThat(absentMembers(event))
                .as(EventCodec.typeOf(event))
                .isEmpty());
    }

    private static List<String> absentMembers(Object event) {
        return Arrays.stream(event.getClass().getRecordComponents())
                .flatMap(member -> {
                    Object value = get(member, event);
                    return value instanceof Record nested
                            ? absentMembers(nested).stream()
                            : Stream.ofNullable(value == null ? member.getName() : null);
                })
                .toList();
    }

    private static Object get(RecordComponent member, Object event) {
        try {
            return member.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Failed to read the record", e);
        }
    }

    /** Returns the records that the compiler permits, not those that the codec knows. */
    private static Stream<Class<?>> recordsOf(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? recordsOf(type) : Stream.of(type))
                .filter(type -> !type.getSimpleName().equals("Unknown"));
    }

    private static String approved(String event) {
        String name = "/approved/" + event + ".json";
        try (InputStream file = ApprovedEventsTest.class.getResourceAsStream(name)) {
            assertThat(file)
                    .as("%s: approve the event by adding the file", name)
                    .isNotNull();
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
