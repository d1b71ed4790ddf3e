package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Each secret and config map that a pod refers to, with its keys, is one of the objects, is made by an operator from one of them, or is
 * listed as what an installation provides; so are the secrets of gateways and database users.
 */
public final class ResolvedReferences implements Rule {
    private final Map<String, Set<String>> provided;

    /** @param provided the keys of each secret that is provided by hand */
    public ResolvedReferences(Map<String, Set<String>> provided) {
        this.provided = Map.copyOf(provided);
    }

    @Override
    public Stream<String> violations(Manifests manifests) {
        Map<String, Set<String>> known = known(manifests);
        return Stream.concat(
                        manifests.pods().flatMap(ResolvedReferences::ofPod),
                        Stream.concat(
                                manifests.ofKind("Gateway").flatMap(gateway -> gateway.each("/spec/listeners")
                                        .flatMap(listener -> Manifest.elements(listener.at("/tls/certificateRefs")))
                                        .map(secret -> new Reference(
                                                gateway,
                                                "Secret",
                                                secret.path("name").asText(),
                                                "tls.crt"))),
                                manifests.ofKind("Cluster").flatMap(cluster -> cluster.each("/spec/managed/roles")
                                        .map(role ->
                                                role.at("/passwordSecret/name").asText())
                                        .map(secret -> new Reference(cluster, "Secret", secret, "password")))))
                .filter(reference -> !known.getOrDefault(reference.kind + " " + reference.name, Set.of())
                        .contains(reference.key))
                .map(Reference::violation);
    }

    private Map<String, Set<String>> known(Manifests manifests) {
        Map<String, Set<String>> known = new HashMap<>();
        provided.forEach((secret, keys) -> known.put("Secret " + secret, keys));
        Stream.of("Secret", "ConfigMap")
                .flatMap(manifests::ofKind)
                .forEach(source -> known.put(source.toString(), keys(source)));
        manifests
                .ofKind("Certificate")
                .forEach(certificate -> known.put(
                        "Secret " + certificate.text("/spec/secretName"), Set.of("", "ca.crt", "tls.crt", "tls.key")));
        manifests
                .ofKind("KafkaUser")
                .forEach(user -> known.put("Secret " + user.name(), Set.of("", "password", "sasl.jaas.config")));
        manifests
                .ofKind("Kafka")
                .forEach(kafka -> known.put("Secret " + kafka.name() + "-cluster-ca-cert", Set.of("", "ca.crt")));
        manifests
                .ofKind("Cluster")
                .forEach(cluster -> known.put("Secret " + cluster.name() + "-ca", Set.of("", "ca.crt")));
        return known;
    }

    /** Returns the keys, and the empty name for the whole. */
    private static Set<String> keys(Manifest source) {
        Set<String> keys = new HashSet<>(Set.of(""));
        Stream.of("/data", "/stringData")
                .forEach(pointer ->
                        keys.addAll(Manifest.labels(source.at(pointer)).keySet()));
        return keys;
    }

    private static Stream<Reference> ofPod(Pod pod) {
        Stream<Reference> environment = pod.containers()
                .flatMap(container -> Manifest.elements(container.path("env")))
                .map(variable -> variable.path("valueFrom"))
                .flatMap(source -> Stream.of(
                                reference(pod, "Secret", source.path("secretKeyRef"), "name", "key"),
                                reference(pod, "ConfigMap", source.path("configMapKeyRef"), "name", "key"))
                        .flatMap(found -> found));
        Stream<Reference> volumes = Manifest.elements(pod.spec().path("volumes"))
                .flatMap(volume -> Stream.concat(
                        ofVolume(pod, "Secret", volume.path("secret"), "secretName"),
                        ofVolume(pod, "ConfigMap", volume.path("configMap"), "name")));
        return Stream.concat(environment, volumes);
    }

    private static Stream<Reference> ofVolume(Pod pod, String kind, JsonNode source, String name) {
        return Stream.concat(
                reference(pod, kind, source, name, "key"),
                Manifest.elements(source.path("items"))
                        .map(item -> new Reference(
                                pod.owner(),
                                kind,
                                source.path(name).asText(),
                                item.path("key").asText())));
    }

    private static Stream<Reference> reference(Pod pod, String kind, JsonNode source, String name, String key) {
        return source.isMissingNode()
                ? Stream.empty()
                : Stream.of(new Reference(
                        pod.owner(),
                        kind,
                        source.path(name).asText(),
                        source.path(key).asText()));
    }

    private record Reference(Manifest from, String kind, String name, String key) {
        String violation() {
            return "%s: no %s %s%s".formatted(from, kind, name, key.isEmpty() ? "" : " with the key " + key);
        }
    }
}
