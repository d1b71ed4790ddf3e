package dev.terminalcloud.benchmark.report;

import java.util.List;
import java.util.Optional;

/**
 * The figures of the system or of the floor.
 *
 * @param name {@code system} or {@code floor}
 * @param rates the figures of each rate, in increasing order
 * @param maxRate the maximum rate that was sustained; 0 if none was, or it was not searched
 * @param maximum the figures of that rate, if there is one
 * @param statementsPerThousand statements that PostgreSQL executed per thousand transactions
 */
public record SubjectFigures(
        String name, List<RateFigures> rates, int maxRate, List<RateFigures> maximum, long statementsPerThousand) {
    /** Returns the figures of a rate. */
    Optional<RateFigures> at(int rate) {
        return rates.stream().filter(figures -> figures.rate() == rate).findFirst();
    }
}
