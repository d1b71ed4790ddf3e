package dev.terminalcloud.benchmark.stack;

import java.util.Map;
import java.util.TreeMap;

/** Arithmetic of counters by name. */
final class Differences {
    private Differences() {}

    static Map<String, Long> of(Map<String, Long> later, Map<String, Long> earlier) {
        Map<String, Long> difference = new TreeMap<>();
        later.forEach((name, number) -> difference.put(name, number - earlier.getOrDefault(name, 0L)));
        return difference;
    }

    /** Returns the numbers without those of a time at rest, which are scaled to the time of the numbers; none below 0. */
    static Map<String, Long> withoutRest(
            Map<String, Long> numbers, long nanos, Map<String, Long> rest, long restNanos) {
        Map<String, Long> difference = new TreeMap<>();
        numbers.forEach((name, number) ->
                difference.put(name, withoutRest(number, nanos, rest.getOrDefault(name, 0L), restNanos)));
        return difference;
    }

    static long withoutRest(long number, long nanos, long rest, long restNanos) {
        return Math.max(0, number - Math.round((double) rest * nanos / restNanos));
    }

    static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }
}
