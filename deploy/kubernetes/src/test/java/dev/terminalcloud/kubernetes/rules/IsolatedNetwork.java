package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Selector;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A policy denies each pod everything, both ways; other policies allow what is named. What a pod of ours may reach is named by labels or
 * addresses, never everything: that would be the API server, too. A policy does not allow an address of a private network.
 */
public final class IsolatedNetwork implements Rule {
    @Override
    public Stream<String> violations(Manifests manifests) {
        Stream<String> open = manifests.ofKind("NetworkPolicy").anyMatch(IsolatedNetwork::deniesEverything)
                ? Stream.empty()
                : Stream.of("no NetworkPolicy denies everything, both ways");
        return Stream.concat(
                open,
                manifests
                        .ofKind("NetworkPolicy")
                        .flatMap(policy -> Stream.concat(
                                undeclared(policy),
                                manifests
                                        .pods()
                                        .filter(pod ->
                                                new Selector(policy.at("/spec/podSelector")).matches(pod.labels()))
                                        .flatMap(pod -> ways(policy).map(way -> "%s: %s %s"
                                                .formatted(policy, pod.owner().name(), way))))));
    }

    private static boolean deniesEverything(Manifest policy) {
        return policy.at("/spec/podSelector").isEmpty()
                && policy.at("/spec/policyTypes").toString().equals("[\"Ingress\",\"Egress\"]")
                && policy.at("/spec/ingress").isMissingNode()
                && policy.at("/spec/egress").isMissingNode();
    }

    /** A direction that is not declared is not restricted by the policy, whatever it allows. */
    private static Stream<String> undeclared(Manifest policy) {
        String declared = policy.at("/spec/policyTypes").toString();
        return Stream.of("Ingress", "Egress")
                .filter(type -> policy.json().path("spec").has(type.toLowerCase(Locale.ROOT)))
                .filter(type -> !declared.contains(type))
                .map(type -> "%s: policyTypes must have %s".formatted(policy, type));
    }

    private static Stream<String> ways(Manifest policy) {
        return Stream.concat(
                policy.each("/spec/egress")
                        .filter(rule -> rule.path("to").isEmpty())
                        .map(rule -> "may reach everything"),
                policy.each("/spec/egress")
                        .flatMap(rule -> Manifest.elements(rule.path("to")))
                        .map(peer -> peer.path("ipBlock"))
                        .filter(block -> block.path("cidr").asText().equals("0.0.0.0/0"))
                        .flatMap(IsolatedNetwork::privateNetworks));
    }

    private static Stream<String> privateNetworks(JsonNode block) {
        return Stream.of(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "169.254.0.0/16",
                        "100.64.0.0/10",
                        "127.0.0.0/8")
                .filter(network -> Manifest.elements(block.path("except"))
                        .noneMatch(excepted -> excepted.asText().equals(network)))
                .map(network -> "may reach " + network);
    }
}
