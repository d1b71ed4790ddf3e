package dev.terminalcloud.local.traces;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest traces, in the order in which their first steps came: a few hundred, each with a few hundred steps at most; the oldest make room.
 * Thread-safe.
 */
public final class RecentTraces {
    static final int MAX_TRACES = 200;
    static final int MAX_STEPS = 300;

    private final Map<String, List<TraceStep>> steps = new LinkedHashMap<>();

    synchronized void add(TraceStep step) {
        List<TraceStep> trace = steps.computeIfAbsent(step.traceId(), first -> new ArrayList<>());
        if (trace.size() < MAX_STEPS) {
            trace.add(step);
        }
        if (steps.size() > MAX_TRACES) {
            steps.remove(steps.keySet().iterator().next());
        }
    }

    /** Returns all of them, the newest first, each with its steps in the order of their begin. */
    synchronized JsonArray toJson() {
        List<JsonObject> traces = new ArrayList<>();
        steps.forEach((id, trace) -> {
            JsonArray sorted = new JsonArray();
            trace.stream()
                    .sorted((one, other) -> Long.compare(one.beginMicros(), other.beginMicros()))
                    .forEach(step -> sorted.add(step.toJson()));
            traces.add(0, new JsonObject().put("id", id).put("steps", sorted));
        });
        return new JsonArray(traces);
    }
}
