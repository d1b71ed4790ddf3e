package dev.terminalcloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.rules.Availability;
import dev.terminalcloud.kubernetes.rules.BuiltInTypes;
import dev.terminalcloud.kubernetes.rules.CustomResources;
import dev.terminalcloud.kubernetes.rules.IsolatedNetwork;
import dev.terminalcloud.kubernetes.rules.KnownEnvironment;
import dev.terminalcloud.kubernetes.rules.MatchingSelectors;
import dev.terminalcloud.kubernetes.rules.MemoryLimits;
import dev.terminalcloud.kubernetes.rules.NamedPorts;
import dev.terminalcloud.kubernetes.rules.OwnImages;
import dev.terminalcloud.kubernetes.rules.ResolvedReferences;
import dev.terminalcloud.kubernetes.rules.RestrictedPods;
import dev.terminalcloud.kubernetes.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders each overlay as {@code kubectl apply -k} does, and checks each of its objects. */
@Tag("slow")
class OverlaysTest {
    private static final Path PRODUCTION = Path.of("overlays/production");
    private static final Settings SETTINGS = Settings.read(PRODUCTION.resolve("settings.yaml"));
    private static final Set<String> BEFORE_OTHERS = Set.of("Namespace");

    @ParameterizedTest
    @ValueSource(strings = {"overlays/trial", "overlays/production"})
    void objectsFollowEachRule(String overlay) {
        assertThat(violations(Kubectl.render(Project.MANIFESTS.resolve(overlay))))
                .isEmpty();
    }

    @Test
    void productionWithAutoscalingFollowsEachRule(@TempDir Path folder) throws IOException {
        Manifests rendered =
                renderProduction(folder, "../../components/fixed-replicas", "../../components/autoscaling");

        assertThat(rendered.ofKind("HorizontalPodAutoscaler"))
                .hasSize(3)
                .map(autoscaler -> rendered.find(
                        autoscaler.text("/spec/scaleTargetRef/kind"), autoscaler.text("/spec/scaleTargetRef/name")))
                .allMatch(scaled ->
                        scaled.isPresent() && scaled.get().at("/spec/replicas").isMissingNode());
        assertThat(violations(rendered)).isEmpty();
    }

    @Test
    void productionWithTracesFollowsEachRule(@TempDir Path folder) throws IOException {
        Manifests rendered = renderProductionWith("opentelemetry", folder);

        assertThat(rendered.all())
                .filteredOn(object -> object.json().toString().contains("TRACING_ENDPOINT"))
                .extracting(object -> object.text("/metadata/name"))
                .containsExactlyInAnyOrder("pairing-service", "transaction-service", "device-connector");
        assertThat(violations(rendered)).isEmpty();
    }

    @Test
    void productionWithTheProxyProtocolFollowsEachRule(@TempDir Path folder) throws IOException {
        Manifests rendered = renderProductionWith("proxy-protocol", folder);

        assertThat(rendered.all())
                .filteredOn(object -> object.json().toString().contains("CONNECTOR_PROXY_PROTOCOL_PORTS"))
                .extracting(Manifest::name)
                .containsExactly("device-connector");
        assertThat(violations(rendered)).isEmpty();
    }

    private static Manifests renderProductionWith(String component, Path folder) throws IOException {
        return renderProduction(folder, "components:\n", "components:\n  - ../../components/" + component + "\n");
    }

    /** Renders production with a change of its kustomization. */
    private static Manifests renderProduction(Path folder, String part, String replacement) throws IOException {
        Path overlay = copy(folder).resolve(PRODUCTION);
        Path kustomization = overlay.resolve("kustomization.yaml");
        String text = Files.readString(kustomization);
        assertThat(text).containsOnlyOnce(part);
        Files.writeString(kustomization, text.replace(part, replacement));
        return Kubectl.render(overlay);
    }

    @Test
    void eachSettingIsCopied(@TempDir Path folder) throws IOException {
        Path overlay = copy(folder).resolve(PRODUCTION);
        for (String setting : SETTINGS.copied()) {
            String mark = setting.endsWith("replicas") ? "4711" : "mark-of-" + setting;

            assertThat(objectsWith(setting, mark, overlay)).as(setting).isNotEmpty();
        }
    }

    /** A service that knew them would believe the headers that clients of the load balancer write. */
    @Test
    void addressesOfTheLoadBalancerAreForTheConnectorOnly(@TempDir Path folder) throws IOException {
        Path overlay = copy(folder).resolve(PRODUCTION);

        List<Manifest> objects = objectsWith("device-balancer-networks", "mark-of-balancer", overlay);

        assertThat(objects).extracting(Manifest::name).containsExactly("device-connector");
        assertThat(objects.get(0).each("/spec/template/spec/containers/0/env"))
                .filteredOn(variable -> variable.path("value").asText().equals("mark-of-balancer"))
                .extracting(variable -> variable.path("name").asText())
                .containsExactly("CONNECTOR_PROXY_PROTOCOL_TRUSTED_PROXIES");
    }

    /** Renders the overlay with that value of the setting, and returns the objects that have it. */
    private static List<Manifest> objectsWith(String setting, String value, Path overlay) throws IOException {
        Path file = overlay.resolve("settings.yaml");
        String filled = Files.readString(file);
        Files.writeString(
                file, filled.replaceAll("(?m)^  " + setting + ": .*$", "  " + setting + ": \"" + value + "\""));
        Manifests rendered = Kubectl.render(overlay);
        Files.writeString(file, filled);
        return rendered.all().stream()
                .filter(object -> object.json().toString().contains(value))
                .toList();
    }

    @Test
    void trialNeedsNothingButCluster() {
        Manifests trial = Kubectl.render(Project.MANIFESTS.resolve("overlays/trial"));

        assertThat(trial.all()).hasSizeGreaterThan(30).allMatch(BuiltInTypes::isBuiltIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/trial", "overlays/production"})
    void objectsAreInOneNamespace(String overlay) {
        Manifests rendered = Kubectl.render(Project.MANIFESTS.resolve(overlay));

        assertThat(rendered.all())
                .filteredOn(object -> !BEFORE_OTHERS.contains(object.kind()))
                .allMatch(object -> object.text("/metadata/namespace").equals("terminal-cloud"));
    }

    private static List<String> violations(Manifests manifests) {
        return rules().entrySet().stream()
                .flatMap(rule ->
                        rule.getValue().violations(manifests).map(violation -> rule.getKey() + ": " + violation))
                .toList();
    }

    private static Map<String, Rule> rules() {
        return Stream.of(
                        new BuiltInTypes(),
                        CustomResources.read(Path.of("src/test/resources/crds")),
                        new RestrictedPods(),
                        new NamedPorts(),
                        new MatchingSelectors(),
                        new ResolvedReferences(SETTINGS.secrets()),
                        new KnownEnvironment(Project.variables()),
                        new OwnImages(Project.images()),
                        new MemoryLimits(),
                        new Availability(),
                        new IsolatedNetwork())
                .collect(Collectors.toMap(rule -> rule.getClass().getSimpleName(), rule -> rule));
    }

    /** Copies the manifests, and the dashboards that they refer to, and returns the folder of the manifests. */
    private static Path copy(Path folder) throws IOException {
        Path from = Project.ROOT.resolve("deploy");
        for (String part :
                List.of("kubernetes/base", "kubernetes/components", "kubernetes/overlays", "monitoring/dashboards")) {
            Files.createDirectories(folder.resolve(part).getParent());
            try (Stream<Path> files = Files.walk(from.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(from.relativize(file)));
                }
            }
        }
        return folder.resolve("kubernetes");
    }
}
