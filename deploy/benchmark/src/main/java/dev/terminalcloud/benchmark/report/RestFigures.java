package dev.terminalcloud.benchmark.report;

import java.util.Map;

/**
 * The figures of the system without transactions.
 *
 * @param millicores processor time by part, in thousandths of a core
 * @param commitsPerThousandSeconds commits of PostgreSQL
 * @param recordsPerThousandSeconds records in Kafka
 * @param statementsPerThousandSeconds statements that PostgreSQL executes
 */
public record RestFigures(
        Map<String, Long> millicores,
        long commitsPerThousandSeconds,
        long recordsPerThousandSeconds,
        long statementsPerThousandSeconds) {
    long totalMillicores() {
        return millicores.values().stream().mapToLong(Long::longValue).sum();
    }
}
