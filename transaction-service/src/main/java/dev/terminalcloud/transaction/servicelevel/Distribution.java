package dev.terminalcloud.transaction.servicelevel;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** How many durations are in each {@linkplain DurationBucket bucket}. Immutable. */
record Distribution(NavigableMap<Integer, Long> samples) {
    static final Distribution EMPTY = new Distribution(new TreeMap<>());

    /**
     * Returns the duration in milliseconds, to within 5 %, that so many percent of all do not exceed (nearest rank).
     *
     * @return empty without any duration
     */
    Optional<Long> percentile(int percent) {
        long rank = (count() * percent + 99) / 100;
        long before = 0;
        for (Map.Entry<Integer, Long> bucket : samples.entrySet()) {
            before += bucket.getValue();
            if (before >= rank) {
                return Optional.of(DurationBucket.middleMillis(bucket.getKey()));
            }
        }
        return Optional.empty();
    }

    /** Returns how many are longer than the limit: those in its own bucket are not. */
    long longerThan(Duration limit) {
        return samples.tailMap(DurationBucket.of(limit), false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long count() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }
}
