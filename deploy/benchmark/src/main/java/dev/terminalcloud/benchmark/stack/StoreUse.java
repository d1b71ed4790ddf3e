package dev.terminalcloud.benchmark.stack;

import java.util.Map;

/**
 * The writes to Kafka and PostgreSQL: ever, or as a difference between two times.
 *
 * @param nanos the time, or the time between
 * @param records records in Kafka by topic
 * @param commits transactions that PostgreSQL has committed, those that only read included
 * @param rows rows that PostgreSQL has inserted, updated or deleted
 * @param walBytes bytes of PostgreSQL's write-ahead log
 */
public record StoreUse(long nanos, Map<String, Long> records, long commits, long rows, long walBytes) {
    /** Returns the difference from an earlier time. */
    public StoreUse since(StoreUse earlier) {
        return new StoreUse(
                nanos - earlier.nanos,
                Differences.of(records, earlier.records),
                commits - earlier.commits,
                rows - earlier.rows,
                walBytes - earlier.walBytes);
    }

    /** Returns this use without what is written in the same time at rest. */
    public StoreUse without(StoreUse rest) {
        return new StoreUse(
                nanos,
                Differences.withoutRest(records, nanos, rest.records, rest.nanos),
                Differences.withoutRest(commits, nanos, rest.commits, rest.nanos),
                Differences.withoutRest(rows, nanos, rest.rows, rest.nanos),
                Differences.withoutRest(walBytes, nanos, rest.walBytes, rest.nanos));
    }

    /** Returns the sum over all topics. */
    public long totalRecords() {
        return Differences.sum(records);
    }
}
