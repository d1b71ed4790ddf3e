package dev.terminalcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/**
 * Metadata of an event as Kafka headers: CloudEvents 1.0, Kafka protocol binding 3.2 (binary content mode).
 *
 * @param id the same for every copy of the same event
 * @param type the wire name of the event
 * @param source the service that wrote it, as a URI reference: {@code /pairing-service}
 * @param time the time when the fact was recorded
 */
public record EventMetadata(UUID id, String type, String source, Instant time) {
    private static final String TYPE = "ce_type";

    /** Returns metadata for an event that is recorded now. */
    public static EventMetadata of(Event event, String source, Clock clock) {
        return new EventMetadata(UUID.randomUUID(), EventCodec.typeOf(event), source, clock.instant());
    }

    /** Returns the wire name of the event in a record with these headers; absent if the record has no such header. */
    public static Optional<String> typeOf(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(TYPE)).map(header -> new String(header.value(), UTF_8));
    }

    /** Adds the headers, with the content type of the payload, which binary content mode requires. */
    public void writeTo(Headers headers) {
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", id.toString().getBytes(UTF_8));
        headers.add(TYPE, type.getBytes(UTF_8));
        headers.add("ce_source", source.getBytes(UTF_8));
        headers.add("ce_time", time.toString().getBytes(UTF_8));
        headers.add("content-type", "application/json".getBytes(UTF_8));
    }
}
