package dev.terminalcloud.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.Event;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A received event with its id.
 *
 * @param eventId the same for each delivery of the same event: its CloudEvents id, or an id derived from its topic,
 *     partition and offset if it has none
 * @param publishedAt when its writer handed it to Kafka, by the writer's clock
 */
public record ReceivedEvent<E extends Event>(UUID eventId, E event, Instant publishedAt) {

    static <E extends Event> ReceivedEvent<E> of(ConsumerRecord<byte[], byte[]> source, E event) {
        return new ReceivedEvent<>(idOf(source), event, Instant.ofEpochMilli(source.timestamp()));
    }

    static UUID idOf(ConsumerRecord<byte[], byte[]> source) {
        Header id = source.headers().lastHeader("ce_id");
        if (id != null && id.value() != null) {
            try {
                return UUID.fromString(new String(id.value(), UTF_8));
            } catch (IllegalArgumentException e) {
                return idFromOffset(source);
            }
        }
        return idFromOffset(source);
    }

    private static UUID idFromOffset(ConsumerRecord<byte[], byte[]> source) {
        String place = source.topic() + "/" + source.partition() + "/" + source.offset();
        return UUID.nameUUIDFromBytes(place.getBytes(UTF_8));
    }
}
