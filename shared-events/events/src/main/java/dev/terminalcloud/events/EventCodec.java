package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Serialises events as Kafka records and parses them: plain JSON with the wire name in {@code type}, metadata in headers
 * (see {@link EventMetadata}). Stateless and safe for any thread.
 */
public final class EventCodec {
    private static final JsonMapper JSON = mapper();
    private static final Map<Topic, ObjectReader> READERS = readers();

    private static final Map<Topic, Map<String, Class<? extends Event>>> CLASSES = classes();

    private EventCodec() {}

    /** Returns the wire name of the event, with its version. */
    public static String typeOf(Event event) {
        JsonTypeName name = event.getClass().getAnnotation(JsonTypeName.class);
        if (name == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " has no @JsonTypeName");
        }
        return name.value();
    }

    /** Returns the class of the events with this wire name; absent if this build knows none of that name on the topic. */
    public static Optional<Class<? extends Event>> classOf(Topic topic, String type) {
        return Optional.ofNullable(CLASSES.get(topic).get(type));
    }

    /** Returns false if the event is the {@code Unknown} of its family. */
    public static boolean isKnown(Event event) {
        return event.getClass().isAnnotationPresent(JsonTypeName.class);
    }

    /** Returns the payload: one JSON object without absent members. */
    public static String encode(Event event) {
        typeOf(event);
        return write(event);
    }

    /**
     * Parses the payload. A type that this build does not know becomes the {@code Unknown} of its family.
     *
     * @throws MalformedEventException if the payload is not an event of that topic
     */
    public static Event decode(Topic topic, byte[] payload) {
        if (payload == null) {
            throw new MalformedEventException(topic, new IllegalArgumentException("Record has no value"));
        }
        Event event = read(topic, payload);
        if (event == null) {
            throw new MalformedEventException(topic, new IllegalArgumentException("Record value is null"));
        }
        return event;
    }

    /**
     * Returns a record that is ready to send.
     *
     * @param partition null to let the key decide
     */
    public static ProducerRecord<String, String> toRecord(
            Topic topic, Integer partition, Event event, EventMetadata metadata) {
        ProducerRecord<String, String> producerRecord =
                new ProducerRecord<>(topic.topicName(), partition, event.key(), encode(event));
        metadata.writeTo(producerRecord.headers());
        return producerRecord;
    }

    /** Returns the parts as one JSON array: a key that is unambiguous whatever characters the parts contain. */
    public static String jsonArray(String... parts) {
        return write(List.of(parts));
    }

    private static Event read(Topic topic, byte[] payload) {
        try {
            return READERS.get(topic).readValue(payload);
        } catch (IOException e) {
            throw new MalformedEventException(topic, e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Failed to serialise event", e);
        }
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
        for (Topic topic : Topic.values()) {
            recordsOf(topic.family()).forEach(builder::registerSubtypes);
        }
        return builder.build();
    }

    private static Map<Topic, ObjectReader> readers() {
        Map<Topic, ObjectReader> readers = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            readers.put(topic, JSON.readerFor(topic.family()));
        }
        return readers;
    }

    private static Map<Topic, Map<String, Class<? extends Event>>> classes() {
        Map<Topic, Map<String, Class<? extends Event>>> classes = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            Map<String, Class<? extends Event>> byType = new HashMap<>();
            recordsOf(topic.family())
                    .forEach(type ->
                            byType.put(type.getAnnotation(JsonTypeName.class).value(), type.asSubclass(Event.class)));
            classes.put(topic, byType);
        }
        return classes;
    }

    /** Returns the records of a sealed family without {@code Unknown}. */
    static Stream<Class<?>> recordsOf(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : recordsOf(type))
                .filter(type -> type.isAnnotationPresent(JsonTypeName.class));
    }
}
