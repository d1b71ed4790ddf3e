package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Selector;
import java.util.Map;
import java.util.stream.Stream;

/** Each selector selects a pod of the installation, that of a workload its own pods, and each autoscaler has a workload. */
public final class MatchingSelectors implements Rule {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Stream<String> violations(Manifests manifests) {
        return Stream.of(
                        manifests
                                .pods()
                                .filter(pod -> !pod.isJob())
                                .filter(pod -> !new Selector(pod.owner().at("/spec/selector")).matches(pod.labels()))
                                .map(pod -> pod.owner() + ": its selector does not match its pods"),
                        manifests
                                .ofKind("Service")
                                .flatMap(service ->
                                        unmatched(service, matchLabels(service.at("/spec/selector")), manifests)),
                        Stream.of("PodDisruptionBudget", "PodMonitor")
                                .flatMap(manifests::ofKind)
                                .flatMap(selecting -> unmatched(selecting, selecting.at("/spec/selector"), manifests)),
                        manifests.ofKind("NetworkPolicy").flatMap(policy -> selectors(policy)
                                .flatMap(selector -> unmatched(policy, selector, manifests))),
                        manifests.pods().flatMap(pod -> Manifest.elements(
                                        pod.spec().path("topologySpreadConstraints"))
                                .filter(spread -> !new Selector(spread.path("labelSelector")).matches(pod.labels()))
                                .map(spread -> pod.owner() + ": a topology spread constraint does not match its pods")),
                        manifests
                                .ofKind("StatefulSet")
                                .filter(set -> manifests
                                        .find("Service", set.text("/spec/serviceName"))
                                        .isEmpty())
                                .map(set -> "%s: no Service %s".formatted(set, set.text("/spec/serviceName"))),
                        manifests
                                .ofKind("HorizontalPodAutoscaler")
                                .filter(scaler -> manifests
                                        .find(
                                                scaler.text("/spec/scaleTargetRef/kind"),
                                                scaler.text("/spec/scaleTargetRef/name"))
                                        .isEmpty())
                                .map(scaler -> scaler + ": no such workload"))
                .flatMap(violations -> violations);
    }

    /** Returns the selected pods, and those of the same namespace that it names as peers. */
    private static Stream<JsonNode> selectors(Manifest policy) {
        Stream<JsonNode> peers = Stream.of("ingress", "egress")
                .flatMap(direction -> policy.each("/spec/" + direction))
                .flatMap(rule -> Stream.of("from", "to").flatMap(side -> Manifest.elements(rule.path(side))))
                .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                .map(peer -> peer.path("podSelector"));
        return Stream.concat(Stream.of(policy.at("/spec/podSelector")), peers);
    }

    private static Stream<String> unmatched(Manifest manifest, JsonNode json, Manifests manifests) {
        Selector selector = new Selector(json);
        return manifests.podLabels().anyMatch(selector::matches)
                ? Stream.empty()
                : Stream.of("%s: %s selects no pod".formatted(manifest, selector));
    }

    private static JsonNode matchLabels(JsonNode labels) {
        return JSON.valueToTree(Map.of("matchLabels", labels));
    }
}
