package dev.terminalcloud.local.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The life of the pods of a service, as its manifest says. It is read from the manifest, so that the two can't differ.
 *
 * @param minReady the time for which a new pod must be ready until it counts as available
 * @param gracePeriod the time from the beginning of the termination, {@code preStop} included, to SIGKILL
 * @param preStop the time from the beginning of the termination to SIGTERM
 * @param startup the other probes begin when it has succeeded
 */
record PodTemplate(
        Strategy strategy,
        Duration minReady,
        Duration gracePeriod,
        Duration preStop,
        Probe startup,
        Probe liveness,
        Probe readiness) {
    private static final int DEFAULT_GRACE_PERIOD = 30;

    /** The way in which pods are replaced. */
    enum Strategy {
        /** Deployment with {@code maxSurge: 1, maxUnavailable: 0}: the new pod is available before the old one terminates. */
        SURGE,
        /** StatefulSet: the pod with the highest index first; the new one starts when the old one has exited. */
        ORDERED
    }

    /**
     * Reads the Deployment or the StatefulSet in this file.
     *
     * @throws IllegalArgumentException if it says something that is not emulated here
     */
    static PodTemplate read(Path manifest) {
        try (MappingIterator<JsonNode> objects =
                new YAMLMapper().readerFor(JsonNode.class).readValues(manifest.toFile())) {
            while (objects.hasNextValue()) {
                JsonNode object = objects.nextValue();
                switch (object.path("kind").asText()) {
                    case "Deployment" -> {
                        requireSurge(object.path("spec"));
                        return of(Strategy.SURGE, object.path("spec"));
                    }
                    case "StatefulSet" -> {
                        requireNothing(object.path("spec"), "updateStrategy");
                        return of(Strategy.ORDERED, object.path("spec"));
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + manifest, e);
        }
        throw new IllegalArgumentException("%s must contain a Deployment or a StatefulSet".formatted(manifest));
    }

    private static PodTemplate of(Strategy strategy, JsonNode spec) {
        JsonNode pod = spec.path("template").path("spec");
        JsonNode container = pod.path("containers").path(0);
        return new PodTemplate(
                strategy,
                Duration.ofSeconds(spec.path("minReadySeconds").asInt(0)),
                Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt(DEFAULT_GRACE_PERIOD)),
                preStop(container.path("lifecycle")),
                Probe.of(container.path("startupProbe")),
                Probe.of(container.path("livenessProbe")),
                Probe.of(container.path("readinessProbe")));
    }

    private static Duration preStop(JsonNode lifecycle) {
        requireNothing(lifecycle, "postStart");
        JsonNode hook = lifecycle.path("preStop");
        if (!hook.isMissingNode() && !hook.has("sleep")) {
            throw new IllegalArgumentException("preStop must be sleep, was " + hook);
        }
        return Duration.ofSeconds(hook.path("sleep").path("seconds").asInt(0));
    }

    private static void requireSurge(JsonNode spec) {
        JsonNode update = spec.path("strategy").path("rollingUpdate");
        if (update.path("maxSurge").asInt() != 1
                || update.path("maxUnavailable").asInt(-1) != 0) {
            throw new IllegalArgumentException(
                    "A Deployment must have maxSurge 1 and maxUnavailable 0, had " + spec.path("strategy"));
        }
    }

    private static void requireNothing(JsonNode object, String member) {
        if (object.has(member)) {
            throw new IllegalArgumentException("%s is not emulated, was %s".formatted(member, object.path(member)));
        }
    }
}
