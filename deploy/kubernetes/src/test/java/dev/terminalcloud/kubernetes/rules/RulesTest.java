package dev.terminalcloud.kubernetes.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Each rule finds what breaks it: {@code installation.yaml} follows all rules, and {@code violations.csv} has one change of it for each part
 * of a rule, with the violation that it causes.
 */
class RulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Map<String, Rule> RULES = Stream.of(
                    new BuiltInTypes(),
                    CustomResources.read(RESOURCES.resolve("crds")),
                    new RestrictedPods(),
                    new NamedPorts(),
                    new MatchingSelectors(),
                    new ResolvedReferences(Map.of("administration", Set.of("", "password"))),
                    new KnownEnvironment(
                            Map.of("service", Set.of("PUBLIC_URL", "JDK_JAVA_OPTIONS", "PASSWORD")::contains)),
                    new OwnImages(Set.of("service")),
                    new MemoryLimits(),
                    new Availability(),
                    new IsolatedNetwork())
            .collect(Collectors.toMap(rule -> rule.getClass().getSimpleName(), rule -> rule));

    @Test
    void validInstallationHasNoViolation() {
        assertThat(RULES.values().stream().flatMap(rule -> rule.violations(installation())))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} {2}: {3}")
    @CsvFileSource(
            resources = "/violations.csv",
            delimiter = '|',
            quoteCharacter = '`',
            numLinesToSkip = 1,
            maxCharsPerColumn = 2000)
    void violationIsFound(String rule, String object, String pointer, String value, String violation) {
        Manifests changed = change(object, pointer, value);

        assertThat(RULES.get(rule).violations(changed)).anyMatch(found -> found.contains(violation));
    }

    @Test
    void eachRuleHasViolations() throws IOException {
        Set<String> tested = Files.readAllLines(RESOURCES.resolve("violations.csv")).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf('|')).strip())
                .collect(Collectors.toSet());

        assertThat(tested).isEqualTo(RULES.keySet());
    }

    private static Manifests installation() {
        try {
            return Manifests.parse(Files.readString(RESOURCES.resolve("installation.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes an object of the installation: sets the value, removes it if the value is "absent", or the whole object without a pointer. */
    private static Manifests change(String object, String pointer, String value) {
        List<Manifest> changed = new ArrayList<>();
        for (Manifest manifest : installation().all()) {
            if (!manifest.toString().equals(object)) {
                changed.add(manifest);
            } else if (pointer != null) {
                set(manifest.json(), JsonPointer.compile(pointer), value);
                changed.add(manifest);
            }
        }
        return new Manifests(changed);
    }

    private static void set(JsonNode json, JsonPointer pointer, String value) {
        JsonNode parent = json.at(pointer.head());
        String name = pointer.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), parse(value));
        } else if (value.equals("absent")) {
            assertThat(((ObjectNode) parent).remove(name))
                    .as(pointer.toString())
                    .isNotNull();
        } else {
            ((ObjectNode) parent).set(name, parse(value));
        }
    }

    private static JsonNode parse(String value) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value, e);
        }
    }
}
