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

/** A record that this service could not apply, as it lies on a dead-letter topic. */
public final class DeadLetter {
    static final String HEADER_PREFIX = "dead-letter-";
    static final String CONSUMER = HEADER_PREFIX + "consumer";
    private static final String RETRY = HEADER_PREFIX + "retry";

    /** Where it lies. Places are in the order of the topics, their partitions and the offsets. */
    public record Position(Topic source, int partition, long offset) implements Comparable<Position> {
        private static final Comparator<Position> ORDER = Comparator.comparing(Position::source)
                .thenComparing(Position::partition)
                .thenComparing(Position::offset);

        /** Before all others. */
        public static Position first() {
            return new Position(Topic.DEVICE_COMMANDS, 0, 0);
        }

        /** The one behind it, whether there is a letter or not. */
        public Position next() {
            return new Position(source, partition, offset + 1);
        }

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }

        /** The name of the dead-letter topic. */
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

    /** When it was put there. */
    public Instant at() {
        return Instant.ofEpochMilli(deadLetterRecord.timestamp());
    }

    public Optional<String> key() {
        return Optional.ofNullable(deadLetterRecord.key()).map(key -> new String(key, UTF_8));
    }

    /** The record's text, as it came: it may have receipts and more in it that must not be shown. */
    public Optional<String> payload() {
        return Optional.ofNullable(deadLetterRecord.value()).map(value -> new String(value, UTF_8));
    }

    /** The last header of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(deadLetterRecord.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    boolean belongsTo(String consumer) {
        return header(CONSUMER).filter(consumer::equals).isPresent();
    }

    /** The record that its source had, under the same key, with a header that says which letter is tried again. */
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
