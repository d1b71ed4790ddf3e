package dev.terminalcloud.local.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A probe of a manifest: an HTTP request to the port of health checks, which succeeds with a status from 200 to 399. What the manifest
 * leaves out has Kubernetes' default.
 *
 * @param delay the time from the start of the process to the first request
 * @param failureThreshold consecutive failures after which the probe has failed
 * @param successThreshold consecutive successes after which it has succeeded
 */
record Probe(
        String path, Duration delay, Duration period, Duration timeout, int failureThreshold, int successThreshold) {
    private static final String PORT = "management";

    /** @throws IllegalArgumentException if it is of another kind, or to another port */
    static Probe of(JsonNode probe) {
        JsonNode request = probe.path("httpGet");
        if (!request.path("port").asText().equals(PORT)) {
            throw new IllegalArgumentException(
                    "A probe must be an HTTP request to port %s, was %s".formatted(PORT, probe));
        }
        return new Probe(
                request.path("path").asText(),
                seconds(probe, "initialDelaySeconds", 0),
                seconds(probe, "periodSeconds", 10),
                seconds(probe, "timeoutSeconds", 1),
                probe.path("failureThreshold").asInt(3),
                probe.path("successThreshold").asInt(1));
    }

    private static Duration seconds(JsonNode probe, String name, int otherwise) {
        return Duration.ofSeconds(probe.path(name).asInt(otherwise));
    }
}
