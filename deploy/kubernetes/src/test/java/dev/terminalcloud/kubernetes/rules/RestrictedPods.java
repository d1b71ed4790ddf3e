package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import java.util.Set;
import java.util.stream.Stream;

/** Each pod fits the level "restricted" of Kubernetes' Pod Security Standards, and may do a little less still. */
public final class RestrictedPods implements Rule {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    @Override
    public Stream<String> violations(Manifests manifests) {
        return manifests.pods().flatMap(pod -> Stream.concat(ofPod(pod), ofContainers(pod))
                .map(violation -> "%s: %s".formatted(pod.owner(), violation)));
    }

    private static Stream<String> ofPod(Pod pod) {
        JsonNode spec = pod.spec();
        return Stream.of(
                        Stream.of("hostNetwork", "hostPID", "hostIPC")
                                .filter(name -> spec.path(name).asBoolean())
                                .map(name -> name + " must not be true"),
                        unless(isTrue(spec, "/securityContext/runAsNonRoot"), "runAsNonRoot must be true"),
                        unless(
                                spec.at("/securityContext/runAsUser").asInt() > 0,
                                "runAsUser must be a user, and not root"),
                        unless(
                                spec.at("/securityContext/seccompProfile/type")
                                        .asText()
                                        .equals("RuntimeDefault"),
                                "seccompProfile must be RuntimeDefault"),
                        unless(
                                isFalse(spec, "/automountServiceAccountToken"),
                                "automountServiceAccountToken must be false"),
                        unless(isFalse(spec, "/enableServiceLinks"), "enableServiceLinks must be false"),
                        Manifest.elements(spec.path("volumes")).flatMap(RestrictedPods::ofVolume))
                .flatMap(violations -> violations);
    }

    private static Stream<String> ofVolume(JsonNode volume) {
        Stream.Builder<String> violations = Stream.builder();
        volume.fieldNames().forEachRemaining(name -> {
            if (!name.equals("name") && !VOLUMES.contains(name)) {
                violations.add(
                        "volume %s must not be %s".formatted(volume.path("name").asText(), name));
            }
        });
        return violations.build();
    }

    private static Stream<String> ofContainers(Pod pod) {
        return pod.containers().flatMap(container -> Stream.of(
                        unless(
                                isFalse(container, "/securityContext/allowPrivilegeEscalation"),
                                "allowPrivilegeEscalation must be false"),
                        unless(
                                isTrue(container, "/securityContext/readOnlyRootFilesystem"),
                                "readOnlyRootFilesystem must be true"),
                        unless(!isTrue(container, "/securityContext/privileged"), "privileged must not be true"),
                        unless(
                                isTrue(container.at("/securityContext/runAsNonRoot"), true),
                                "runAsNonRoot must not be false"),
                        unless(
                                container
                                        .at("/securityContext/capabilities")
                                        .toString()
                                        .equals("{\"drop\":[\"ALL\"]}"),
                                "capabilities must drop ALL and add none"),
                        Manifest.elements(container.path("ports"))
                                .filter(port -> port.has("hostPort"))
                                .map(port -> "hostPort must not be set"))
                .flatMap(violations -> violations));
    }

    private static Stream<String> unless(boolean followed, String violation) {
        return followed ? Stream.empty() : Stream.of(violation);
    }

    private static boolean isTrue(JsonNode node, String pointer) {
        return isTrue(node.at(pointer), false);
    }

    private static boolean isTrue(JsonNode node, boolean ifAbsent) {
        return node.isMissingNode() ? ifAbsent : node.asBoolean();
    }

    private static boolean isFalse(JsonNode node, String pointer) {
        return !isTrue(node.at(pointer), true);
    }
}
