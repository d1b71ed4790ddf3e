package dev.terminalcloud.benchmark.report;

import dev.terminalcloud.benchmark.load.Trial;
import dev.terminalcloud.benchmark.stack.ProcessorUse;
import dev.terminalcloud.benchmark.stack.StoreUse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one rate. Whole numbers, so the smaller ones are of a thousand.
 *
 * @param rate transactions per second that arrived
 * @param sustained nothing was lost, and the latency was within the limit
 * @param endedPerThousandSeconds transactions that ended
 * @param failed transactions that were rejected or ended otherwise
 * @param unfinished transactions that did not end in time
 * @param toDevice latency from the scheduled arrival to the device
 * @param toEnd latency from the scheduled arrival to the result at the register
 * @param processorMicros processor time per transaction by part
 * @param recordsPerThousand records in Kafka per thousand transactions, by topic
 * @param commitsPerThousand commits of PostgreSQL per thousand transactions
 * @param rowsPerThousand rows written per thousand transactions
 * @param walBytes bytes of the write-ahead log per transaction
 */
public record RateFigures(
        int rate,
        boolean sustained,
        long endedPerThousandSeconds,
        long failed,
        long unfinished,
        Percentiles toDevice,
        Percentiles toEnd,
        Map<String, Long> processorMicros,
        Map<String, Long> recordsPerThousand,
        long commitsPerThousand,
        long rowsPerThousand,
        long walBytes) {

    /** Returns the figures of a trial, for each transaction that has ended. */
    public static RateFigures of(Trial trial, Duration p99Limit, ProcessorUse processors, StoreUse stores) {
        long ended = Math.max(1, trial.ended());
        return new RateFigures(
                trial.schedule().perSecond(),
                trial.isSustained(p99Limit),
                trial.endedPerThousandSeconds(),
                trial.failed(),
                trial.unfinished(),
                Percentiles.of(trial.toDevice()),
                Percentiles.of(trial.toEnd()),
                perThousand(processors.millis(), ended),
                perThousand(stores.records(), ended),
                stores.commits() * 1000 / ended,
                stores.rows() * 1000 / ended,
                stores.walBytes() / ended);
    }

    /** Returns the processor time per transaction of all parts. */
    long totalProcessorMicros() {
        return sum(processorMicros);
    }

    long totalRecordsPerThousand() {
        return sum(recordsPerThousand);
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> perThousand(Map<String, Long> numbers, long ended) {
        Map<String, Long> result = new TreeMap<>();
        numbers.forEach((name, number) -> {
            if (number > 0) {
                result.put(name, number * 1000 / ended);
            }
        });
        return result;
    }
}
