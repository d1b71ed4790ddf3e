package dev.terminalcloud.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A record on a dead-letter topic, which this service could not apply. */
public final class DeadLetter {
    static final String HEADER_PREFIX = "dead-letter-";
    static final String CONSUMER = HEADER_PREFIX + "consumer";
    private static final String RETRY = HEADER_PREFIX + "retry";

    /** Position of a dead letter. Positions are ordered by topic, partition and offset. */
    public record Position(Topic source, int partition, long offset) implements Comparable<Position> {
        private static final Comparator<Position> ORDER = Comparator.comparing(Position::source)
                .thenComparing(Position::partition)
                .thenComparing(Position::offset);

        /** Returns the position before all others. */
        public static Position first() {
            return new Position(Topic.DEVICE_COMMANDS, 0, 0);
        }

        /** Returns the next position, whether a dead letter is there or not. */
        public Position next() {
            return new Position(source, partition, offset + 1);
        }

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }

        /** Returns the name of the dead-letter topic. */
        public String topic() {
            return source.deadLetterTopicName();
        }

        @Override
        public String toString() {
            return topic() + "/" + partition + "/" + offset;
        }
    }

    private final Position place;
    private final ConsumerRecord<byte[], byte[]> deadLetterRecord;

    DeadLetter(Position place, ConsumerRecord<byte[], byte[]> deadLetterRecord) {
        this.place = place;
        this.deadLetterRecord = deadLetterRecord;
    }

    public Position place() {
        return place;
    }

    /** Returns the time when the record was written to the dead-letter topic. */
    public Instant at() {
        return Instant.ofEpochMilli(deadLetterRecord.timestamp());
    }

    public Optional<String> key() {
        return Optional.ofNullable(deadLetterRecord.key()).map(key -> new String(key, UTF_8));
    }

    /** Returns the record's original text. It may contain receipts and other data that must not be shown. */
    public Optional<String> payload() {
        return Optional.ofNullable(deadLetterRecord.value()).map(value -> new String(value, UTF_8));
    }

    /** Returns the last header with this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(deadLetterRecord.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    boolean belongsTo(String consumer) {
        return header(CONSUMER).filter(consumer::equals).isPresent();
    }

    /** Returns the original record for the source topic, with the same key and a header that names this dead letter. */
    ProducerRecord<byte[], byte[]> toRetryRecord() {
        ProducerRecord<byte[], byte[]> retried = new ProducerRecord<>(
                place.source().topicName(), null, deadLetterRecord.key(), deadLetterRecord.value());
        Arrays.stream(deadLetterRecord.headers().toArray())
                .filter(header -> !header.key().startsWith(HEADER_PREFIX))
                .forEach(retried.headers()::add);
        retried.headers().add(RETRY, place.toString().getBytes(UTF_8));
        return retried;
    }
}
