package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import dev.terminalcloud.kubernetes.manifest.Selector;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each port has a name of at most 15 characters, and where a port is named the pods have it. */
public final class NamedPorts implements Rule {
    /** The names of RFC 6335, as Kubernetes restricts them. */
    private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");

    private static final int MAX_LENGTH = 15;

    @Override
    public Stream<String> violations(Manifests manifests) {
        return Stream.of(
                        manifests.pods().flatMap(NamedPorts::ofPod),
                        manifests.ofKind("Service").flatMap(service -> ofService(service, manifests)),
                        manifests.ofKind("HTTPRoute").flatMap(route -> ofRoute(route, manifests)),
                        manifests.ofKind("NetworkPolicy").flatMap(policy -> ofPolicy(policy, manifests)),
                        manifests.ofKind("PodMonitor").flatMap(monitor -> ofMonitor(monitor, manifests)))
                .flatMap(violations -> violations);
    }

    private static Stream<String> ofPod(Pod pod) {
        Stream<String> names = pod.containers()
                .flatMap(container -> Manifest.elements(container.path("ports")))
                .flatMap(port -> ofName(pod.owner(), port));
        Stream<String> probes = pod.containers()
                .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .flatMap(probe -> Stream.of("httpGet", "tcpSocket")
                                .map(action ->
                                        container.path(probe).path(action).path("port"))))
                .filter(port -> !port.isMissingNode() && !pod.portNames().contains(port.asText()))
                .map(port -> "%s: no container has the port %s of a probe".formatted(pod.owner(), port.asText()));
        return Stream.concat(names, probes);
    }

    private static Stream<String> ofService(Manifest service, Manifests manifests) {
        Set<String> ports = portsOf(manifests, labels -> labels.entrySet()
                .containsAll(Manifest.labels(service.at("/spec/selector")).entrySet()));
        return service.each("/spec/ports").flatMap(port -> {
            String target = port.path("targetPort").asText();
            return Stream.concat(
                    ofName(service, port),
                    ports.contains(target)
                            ? Stream.empty()
                            : Stream.of("%s: no pod has the port '%s'".formatted(service, target)));
        });
    }

    private static Stream<String> ofRoute(Manifest route, Manifests manifests) {
        return route.each("/spec/rules")
                .flatMap(rule -> Manifest.elements(rule.path("backendRefs")))
                .filter(backend -> manifests
                        .find("Service", backend.path("name").asText())
                        .stream()
                        .flatMap(service -> service.each("/spec/ports"))
                        .noneMatch(port -> port.path("port").equals(backend.path("port"))))
                .map(backend -> "%s: no Service %s has the port %s"
                        .formatted(
                                route,
                                backend.path("name").asText(),
                                backend.path("port").asText()));
    }

    private static Stream<String> ofPolicy(Manifest policy, Manifests manifests) {
        Selector selected = new Selector(policy.at("/spec/podSelector"));
        Stream<JsonNode> ingress = policy.each("/spec/ingress").flatMap(rule -> Manifest.elements(rule.path("ports")));
        Set<String> own = portsOf(manifests, selected::matches);
        Stream<String> incoming = ingress.map(port -> port.path("port"))
                .filter(port -> port.isTextual() && !own.contains(port.asText()))
                .map(port -> missing(policy, port));
        Stream<String> outgoing = policy.each("/spec/egress").flatMap(rule -> {
            Set<String> theirs = Manifest.elements(rule.path("to"))
                    .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                    .map(peer -> new Selector(peer.path("podSelector")))
                    .flatMap(peer -> portsOf(manifests, peer::matches).stream())
                    .collect(Collectors.toSet());
            return Manifest.elements(rule.path("ports"))
                    .map(port -> port.path("port"))
                    .filter(port -> port.isTextual() && !theirs.contains(port.asText()))
                    .map(port -> missing(policy, port));
        });
        return Stream.concat(incoming, outgoing);
    }

    private static Stream<String> ofMonitor(Manifest monitor, Manifests manifests) {
        Selector selected = new Selector(monitor.at("/spec/selector"));
        return manifests.pods().filter(pod -> selected.matches(pod.labels())).flatMap(pod -> monitor.each(
                        "/spec/podMetricsEndpoints")
                .map(endpoint -> endpoint.path("port"))
                .filter(port -> !pod.portNames().contains(port.asText()))
                .map(port -> "%s: no port '%s' at %s".formatted(monitor, port.asText(), pod.owner())));
    }

    private static Stream<String> ofName(Manifest manifest, JsonNode port) {
        String name = port.path("name").asText();
        return name.length() <= MAX_LENGTH && NAME.matcher(name).matches()
                ? Stream.empty()
                : Stream.of("%s: name of port must be 1 to %d of a-z, 0-9 and -, was '%s'"
                        .formatted(manifest, MAX_LENGTH, name));
    }

    private static String missing(Manifest policy, JsonNode port) {
        return "%s: no pod has the port '%s'".formatted(policy, port.asText());
    }

    private static Set<String> portsOf(Manifests manifests, Predicate<Map<String, String>> selected) {
        return manifests
                .pods()
                .filter(pod -> selected.test(pod.labels()))
                .flatMap(pod -> pod.portNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
