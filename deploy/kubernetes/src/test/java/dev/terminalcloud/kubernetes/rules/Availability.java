package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import dev.terminalcloud.kubernetes.manifest.Selector;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each pod that serves has probes. A Deployment never runs fewer pods while it is updated. A workload of several pods waits after each, is
 * spread over zones and nodes, and has one budget for disruptions, which allows some.
 */
public final class Availability implements Rule {
    private static final Set<String> TOPOLOGY = Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname");

    @Override
    public Stream<String> violations(Manifests manifests) {
        Stream<String> budgets = manifests
                .ofKind("PodDisruptionBudget")
                .filter(budget -> budget.at("/spec/maxUnavailable").asInt() < 1)
                .map(budget -> budget + ": maxUnavailable must be 1 or more: nodes could not be drained");
        return Stream.concat(
                budgets,
                manifests
                        .pods()
                        .filter(pod -> !pod.isJob())
                        .flatMap(pod -> Stream.concat(
                                probes(pod),
                                replicas(pod.owner(), manifests) > 1 ? several(pod, manifests) : updates(pod))));
    }

    /** Returns the number of pods that run at least; an autoscaler may decide it. */
    private static int replicas(Manifest owner, Manifests manifests) {
        int scaled = manifests
                .ofKind("HorizontalPodAutoscaler")
                .filter(autoscaler -> owner.isA(autoscaler.text("/spec/scaleTargetRef/kind"))
                        && owner.name().equals(autoscaler.text("/spec/scaleTargetRef/name")))
                .mapToInt(autoscaler -> autoscaler.at("/spec/minReplicas").asInt())
                .max()
                .orElse(0);
        return Math.max(scaled, owner.at("/spec/replicas").asInt());
    }

    private static Stream<String> probes(Pod pod) {
        return Manifest.elements(pod.spec().path("containers"))
                .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .filter(probe -> !container.has(probe))
                        .map(probe -> "%s: %s must be set".formatted(pod.owner(), probe)));
    }

    private static Stream<String> updates(Pod pod) {
        JsonNode unavailable = pod.owner().at("/spec/strategy/rollingUpdate/maxUnavailable");
        return pod.owner().isA("Deployment") && (unavailable.isMissingNode() || unavailable.asInt() != 0)
                ? Stream.of(pod.owner() + ": maxUnavailable of its updates must be 0")
                : Stream.empty();
    }

    private static Stream<String> several(Pod pod, Manifests manifests) {
        Manifest owner = pod.owner();
        long budgets = manifests
                .ofKind("PodDisruptionBudget")
                .filter(budget -> new Selector(budget.at("/spec/selector")).matches(pod.labels()))
                .count();
        Set<String> spread = Manifest.elements(pod.spec().path("topologySpreadConstraints"))
                .map(constraint -> constraint.path("topologyKey").asText())
                .collect(Collectors.toSet());
        return Stream.of(
                        updates(pod),
                        owner.at("/spec/minReadySeconds").asInt() > 0
                                ? Stream.<String>empty()
                                : Stream.of(owner + ": minReadySeconds must be set"),
                        budgets == 1
                                ? Stream.<String>empty()
                                : Stream.of("%s: it must have 1 PodDisruptionBudget, has %d".formatted(owner, budgets)),
                        spread.containsAll(TOPOLOGY)
                                ? Stream.<String>empty()
                                : Stream.of(owner + ": its pods must be spread over zones and nodes"))
                .flatMap(violations -> violations);
    }
}
