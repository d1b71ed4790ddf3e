package dev.terminalcloud.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.Event;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event as it was received.
 *
 * @param eventId the same each time the same event is received: its CloudEvents id, or one made from its place in the
 *     topic if it came without
 */
public record ReceivedEvent<E extends Event>(UUID eventId, E event) {

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
