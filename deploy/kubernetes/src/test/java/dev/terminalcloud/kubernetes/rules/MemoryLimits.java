package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Each container requests processor and memory, and has a limit for memory, not for the processor. The limit of a JVM is its heap, its direct
 * memory and a quarter more, at least.
 */
public final class MemoryLimits implements Rule {
    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");
    private static final Pattern DIRECT = Pattern.compile("-XX:MaxDirectMemorySize=(\\d+)m");
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)(Mi|Gi)");
    private static final int MEBIBYTES_PER_GIBIBYTE = 1024;

    @Override
    public Stream<String> violations(Manifests manifests) {
        return manifests.pods().flatMap(pod -> pod.containers().flatMap(container -> ofContainer(pod, container)));
    }

    private static Stream<String> ofContainer(Pod pod, JsonNode container) {
        JsonNode resources = container.path("resources");
        long limit = mebibytes(resources.at("/limits/memory"));
        Stream.Builder<String> violations = Stream.builder();
        if (mebibytes(resources.at("/requests/memory")) == 0
                || resources.at("/requests/cpu").asText().isEmpty()) {
            violations.add("%s: requests must have cpu and memory".formatted(pod.owner()));
        }
        if (limit == 0) {
            violations.add("%s: limits must have memory".formatted(pod.owner()));
        }
        if (resources.path("limits").has("cpu")) {
            violations.add("%s: limits must not have cpu: it stops a process in the middle of its work"
                    .formatted(pod.owner()));
        }
        String options = Manifest.elements(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals("JDK_JAVA_OPTIONS"))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("");
        long needed = (size(HEAP, options) + size(DIRECT, options)) * 5 / 4;
        if (limit < needed) {
            violations.add(
                    "%s: memory limit must be %d Mi for %s, was %d Mi".formatted(pod.owner(), needed, options, limit));
        }
        return violations.build();
    }

    private static long size(Pattern pattern, String options) {
        Matcher matcher = pattern.matcher(options);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static long mebibytes(JsonNode quantity) {
        Matcher matcher = QUANTITY.matcher(quantity.asText());
        return matcher.matches()
                ? Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("Gi") ? MEBIBYTES_PER_GIBIBYTE : 1)
                : 0;
    }
}
