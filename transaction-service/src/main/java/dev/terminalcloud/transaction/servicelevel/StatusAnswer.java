package dev.terminalcloud.transaction.servicelevel;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.transaction.servicelevel.ServiceLevelTable.Measured;
import java.util.Map;

/**
 * The answer of {@code GET /POS/Status} (POS API, section 10).
 *
 * @param status {@code ok} or {@code degraded}
 * @param window the time of the percentiles, as a duration of ISO 8601
 */
record StatusAnswer(String status, Percentiles deliveryMillis, Percentiles answerMillis, String window) {

    /** Percentiles in milliseconds; null if nothing was measured in the window. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Percentiles(Long p50, Long p99) {
        static Percentiles of(Distribution durations) {
            return new Percentiles(
                    durations.percentile(50).orElse(null),
                    durations.percentile(99).orElse(null));
        }
    }

    static StatusAnswer of(boolean isMet, Map<MeasuredPhase, Measured> measured) {
        return new StatusAnswer(
                isMet ? "ok" : "degraded",
                percentiles(measured, MeasuredPhase.DELIVERY),
                percentiles(measured, MeasuredPhase.ANSWER),
                ServiceLevelTable.WINDOW.toString());
    }

    private static Percentiles percentiles(Map<MeasuredPhase, Measured> measured, MeasuredPhase phase) {
        return Percentiles.of(measured.getOrDefault(phase, Measured.NONE).all());
    }
}
