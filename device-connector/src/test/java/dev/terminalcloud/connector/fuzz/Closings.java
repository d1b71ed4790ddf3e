package dev.terminalcloud.connector.fuzz;

import dev.terminalcloud.connector.session.CloseReason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Numbers of connections ended for each reason, from the connector's own metrics. */
final class Closings {
    private final MeterRegistry meters;
    private final Map<CloseReason, Long> before;

    /** Starts to count now. */
    Closings(MeterRegistry meters) {
        this.meters = meters;
        this.before = counted();
    }

    Map<CloseReason, Long> sinceThen() {
        Map<CloseReason, Long> since = counted();
        since.replaceAll((reason, count) -> count - before.get(reason));
        since.values().removeIf(count -> count == 0);
        return since;
    }

    private Map<CloseReason, Long> counted() {
        Map<CloseReason, Long> counts = new EnumMap<>(CloseReason.class);
        Arrays.stream(CloseReason.values()).forEach(reason -> counts.put(reason, count(reason)));
        return counts;
    }

    private long count(CloseReason reason) {
        String label = reason.name().toLowerCase(Locale.ROOT);
        return (long)
                meters.counter("connector.connections.closed", "reason", label).count();
    }
}
