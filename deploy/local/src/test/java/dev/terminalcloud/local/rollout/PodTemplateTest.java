package dev.terminalcloud.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.local.rollout.PodTemplate.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodTemplateTest {
    private static final Path BASE = Path.of("..", "kubernetes", "base");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"pairing-service, SURGE", "transaction-service, SURGE", "device-connector, ORDERED"})
    void manifestOfEachServiceIsUnderstood(String service, Strategy strategy) {
        PodTemplate template = PodTemplate.read(BASE.resolve(service + ".yaml"));
        assertThat(template.strategy()).isEqualTo(strategy);
        assertThat(template.minReady()).isPositive();
        assertThat(template.gracePeriod()).isGreaterThan(Duration.ofSeconds(30));
        assertThat(template.startup().path()).isEqualTo("/q/health/live");
        assertThat(template.readiness().path()).isEqualTo("/q/health/ready");
    }

    @Test
    void missingValueHasTheDefaultOfKubernetes() throws IOException {
        PodTemplate template = PodTemplate.read(manifest("kind: StatefulSet", ""));
        Probe probe = new Probe("/live", Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 3, 1);
        assertThat(template)
                .isEqualTo(new PodTemplate(
                        Strategy.ORDERED, Duration.ZERO, Duration.ofSeconds(30), Duration.ZERO, probe, probe, probe));
    }

    @Test
    void preStopDelaysSigterm() throws IOException {
        Path manifest = manifest("kind: StatefulSet", "lifecycle: { preStop: { sleep: { seconds: 7 } } }");
        assertThat(PodTemplate.read(manifest).preStop()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lifecycle: { preStop: { exec: { command: [sleep, '7'] } } }",
                "lifecycle: { postStart: { sleep: { seconds: 7 } } }"
            })
    void hookThatIsNotEmulatedIsRejected(String lifecycle) throws IOException {
        Path manifest = manifest("kind: StatefulSet", lifecycle);
        assertThatThrownBy(() -> PodTemplate.read(manifest)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deploymentWithoutASurgeIsRejected() throws IOException {
        Path manifest = manifest("kind: Deployment", "");
        assertThatThrownBy(() -> PodTemplate.read(manifest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxSurge");
    }

    private Path manifest(String kind, String lifecycle) throws IOException {
        return Files.writeString(
                folder.resolve("manifest.yaml"),
                """
                %s
                spec:
                  template:
                    spec:
                      containers:
                        - name: it
                          startupProbe: { httpGet: { path: /live, port: management } }
                          livenessProbe: { httpGet: { path: /live, port: management } }
                          readinessProbe: { httpGet: { path: /live, port: management } }
                          %s
                """
                        .formatted(kind, lifecycle));
    }
}
