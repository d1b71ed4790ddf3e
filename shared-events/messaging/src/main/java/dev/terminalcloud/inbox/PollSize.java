package dev.terminalcloud.inbox;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The size of one or more polls.
 *
 * @param records their number
 * @param bytes of their keys and values, as they came; headers are not counted
 */
record PollSize(int records, long bytes) {
    static final PollSize NONE = new PollSize(0, 0);

    static PollSize of(List<ConsumerRecord<byte[], byte[]>> records) {
        return new PollSize(
                records.size(), records.stream().mapToLong(PollSize::bytesOf).sum());
    }

    PollSize plus(PollSize other) {
        return new PollSize(records + other.records, bytes + other.bytes);
    }

    PollSize minus(PollSize other) {
        return new PollSize(records - other.records, bytes - other.bytes);
    }

    /** Returns whether one of the two reaches its limit. */
    boolean reaches(PollSize limit) {
        return records >= limit.records || bytes >= limit.bytes;
    }

    /** Returns whether one of the two is beyond its limit. */
    boolean exceeds(PollSize limit) {
        return records > limit.records || bytes > limit.bytes;
    }

    private static long bytesOf(ConsumerRecord<byte[], byte[]> received) {
        return lengthOf(received.key()) + lengthOf(received.value());
    }

    private static long lengthOf(byte[] part) {
        return part == null ? 0 : part.length;
    }
}
