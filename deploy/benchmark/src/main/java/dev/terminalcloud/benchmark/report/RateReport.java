package dev.terminalcloud.benchmark.report;

import java.util.List;
import java.util.Map;

/**
 * The result of {@code rate}.
 *
 * @param setting what was measured, and on which machine
 * @param floor the figures of the bare chain
 * @param system the figures of the system
 * @param rest the figures of the system without transactions
 */
public record RateReport(Map<String, String> setting, SubjectFigures floor, SubjectFigures system, RestFigures rest) {
    /** Returns both, the floor first. */
    List<SubjectFigures> subjects() {
        return List.of(floor, system);
    }
}
