package dev.terminalcloud.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The traces that the local stack shows.
 *
 * @param text all of them as JSON
 */
record TracesPage(String text, List<Trace> traces) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A trace with its steps, in the order of their begin. */
    record Trace(String id, List<Step> steps) {
        static Trace of(JsonNode trace) {
            return new Trace(
                    trace.path("id").asText(),
                    StreamSupport.stream(trace.path("steps").spliterator(), false)
                            .map(Step::of)
                            .toList());
        }

        Set<String> services() {
            return steps.stream().map(Step::service).collect(Collectors.toCollection(TreeSet::new));
        }

        Set<String> names() {
            return steps.stream().map(Step::name).collect(Collectors.toCollection(TreeSet::new));
        }

        /** Returns the steps whose parent is not there; a whole trace has one. */
        List<Step> roots() {
            return steps.stream().filter(step -> parentOf(step).isEmpty()).toList();
        }

        /** @param eventType null for any */
        boolean hasStep(String name, String eventType) {
            return steps.stream().anyMatch(step -> step.is(name, eventType));
        }

        Step step(String name, String eventType) {
            return steps.stream()
                    .filter(step -> step.is(name, eventType))
                    .findFirst()
                    .orElseThrow();
        }

        /** Returns the names of the steps from the root to this one. */
        List<String> pathTo(Step last) {
            Deque<String> path = new ArrayDeque<>();
            for (Optional<Step> step = Optional.of(last); step.isPresent(); step = parentOf(step.get())) {
                path.addFirst(step.get().name());
            }
            return List.copyOf(path);
        }

        private Optional<Step> parentOf(Step child) {
            return steps.stream()
                    .filter(step -> step.id().equals(child.parentId()))
                    .findFirst();
        }
    }

    /** A step of a trace. */
    record Step(String id, String parentId, String service, String name, Map<String, String> attributes) {
        static Step of(JsonNode step) {
            Map<String, String> attributes = new TreeMap<>();
            step.path("attributes")
                    .properties()
                    .forEach(attribute -> attributes.put(
                            attribute.getKey(), attribute.getValue().asText()));
            return new Step(
                    step.path("id").asText(),
                    step.path("parentId").asText(),
                    step.path("service").asText(),
                    step.path("name").asText(),
                    attributes);
        }

        private boolean is(String otherName, String eventType) {
            return name.equals(otherName)
                    && (eventType == null || eventType.equals(attributes.get("cloudevents.event_type")));
        }
    }

    /** Reads the traces that have arrived by now. */
    static TracesPage of(Site site) {
        try {
            String text = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(site.http().resolve("/traces/data"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return new TracesPage(
                    text,
                    StreamSupport.stream(JSON.readTree(text).spliterator(), false)
                            .map(Trace::of)
                            .toList());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON", e);
        } catch (IOException e) {
            throw new AssertionError("Failed to read the traces", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /**
     * Returns the only trace in which a step has this attribute; one without steps before that.
     *
     * @throws AssertionError if several traces have such a step
     */
    Trace oneWith(String attribute, String value) {
        List<Trace> found = traces.stream()
                .filter(trace -> trace.steps().stream()
                        .anyMatch(step -> value.equals(step.attributes().get(attribute))))
                .toList();
        if (found.size() > 1) {
            throw new AssertionError("Several traces have " + attribute + ": " + found);
        }
        return found.isEmpty() ? new Trace("", List.of()) : found.get(0);
    }
}
