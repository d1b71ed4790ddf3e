package dev.terminalcloud.local;

import java.time.Duration;

/**
 * A view, from outside, of something that is starting or stopping.
 *
 * @param state its state in words, for people: {@code not ready: Kafka}
 * @param progress a number that grows while it works: bytes of its log, requests that are done
 * @param processorTime the processor time that it has used; 0 if that is not known
 */
record ProgressSample(String state, long progress, Duration processorTime) {
    static ProgressSample of(String state, long progress) {
        return new ProgressSample(state, progress, Duration.ZERO);
    }
}
