package dev.terminalcloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.KafkaUser;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests agree with what the code and other files of this project say. */
class AgreementTest {
    private static final short REPLICAS = 3;

    /** Those that PostgreSQL keeps for superusers. */
    private static final int RESERVED_CONNECTIONS = 3;

    private static final Map<String, String> PORTS = Map.of(
            "quarkus.http.port",
            "http",
            "administration.port",
            "administration",
            "quarkus.management.port",
            "management");
    private static final Path ALERTS = Path.of("components/prometheus-operator/alerts.yaml");

    @Test
    void topicsAreThoseOfTheCode() {
        Map<String, String> expected = Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.toNewTopic(REPLICAS), topic.toNewDeadLetterTopic(REPLICAS)))
                .collect(Collectors.toMap(NewTopic::name, AgreementTest::describe));

        assertThat(parse("components/strimzi/topics.yaml").all().stream()
                        .collect(Collectors.toMap(Manifest::name, AgreementTest::describe)))
                .isEqualTo(expected);
    }

    @Test
    void rightsOfKafkaUsersAreThoseOfTheCode() {
        Map<String, Set<String>> expected = Arrays.stream(KafkaUser.values())
                .collect(Collectors.toMap(KafkaUser::userName, user -> user.acls().stream()
                        .map(AgreementTest::describe)
                        .collect(Collectors.toSet())));

        assertThat(parse("components/strimzi/users.yaml").all().stream()
                        .collect(Collectors.toMap(Manifest::name, AgreementTest::rights)))
                .isEqualTo(expected);
    }

    /** With {@code -Dkubernetes.write=true} the file is written. */
    @Test
    void alertsAreThoseOfMonitoring() throws IOException {
        String rules = Project.read(Project.ROOT.resolve("deploy/monitoring/alerts.yaml"));
        String object = Project.read(ALERTS);
        String head = object.substring(0, object.indexOf("spec:\n") + "spec:\n".length());
        String expected = head + rules.substring(rules.indexOf("groups:")).replaceAll("(?m)^(?=.)", "  ");
        if (Boolean.getBoolean("kubernetes.write")) {
            Files.writeString(ALERTS, expected);
        }

        assertThat(Project.read(ALERTS)).isEqualTo(expected);
    }

    /** Dashboards are checked where their series are published. */
    @Test
    void metricsOfAutoscalingAreOfferedByTheAdapterAndPublished() throws IOException {
        Map<String, String> series = parse("examples/prometheus-adapter.yaml")
                .all()
                .get(0)
                .each("/rules/custom")
                .collect(Collectors.toMap(
                        rule -> rule.at("/name/as").asText(),
                        rule -> rule.path("seriesQuery").asText().replaceAll("\\{.*", "")));
        Set<String> used = parse("components/autoscaling/autoscalers.yaml").all().stream()
                .flatMap(autoscaler -> autoscaler.each("/spec/metrics"))
                .filter(metric -> metric.has("pods"))
                .map(metric -> metric.at("/pods/metric/name").asText())
                .collect(Collectors.toSet());

        assertThat(series).containsOnlyKeys(used);
        for (String published : series.values()) {
            try (Stream<Path> dashboards = Files.list(Project.ROOT.resolve("deploy/monitoring/dashboards"))) {
                assertThat(dashboards).anyMatch(file -> Project.read(file).contains(published));
            }
        }
    }

    /** Each replica may use all connections of its two pools, also the ones that a rollout starts beside the others. */
    @Test
    void databaseHasConnectionsForTheMostReplicas() {
        int each = Pattern.compile("(?m)^quarkus\\.datasource\\.(?:reactive|jdbc)\\.max-size=(\\d+)$")
                .matcher(Project.read(Project.ROOT.resolve(
                        "shared-events/persistence/src/main/resources/META-INF/microprofile-config.properties")))
                .results()
                .mapToInt(size -> Integer.parseInt(size.group(1)))
                .sum();
        int replicas = parse("components/autoscaling/autoscalers.yaml").all().stream()
                .filter(autoscaler ->
                        autoscaler.text("/spec/scaleTargetRef/kind").equals("Deployment"))
                .mapToInt(autoscaler -> autoscaler.at("/spec/maxReplicas").asInt()
                        + parse("base/%s.yaml".formatted(autoscaler.name()))
                                .find("Deployment", autoscaler.name())
                                .orElseThrow()
                                .at("/spec/strategy/rollingUpdate/maxSurge")
                                .asInt())
                .sum();
        int connections = parse("components/cloudnative-pg/database.yaml")
                .find("Cluster", "database")
                .orElseThrow()
                .at("/spec/postgresql/parameters/max_connections")
                .asInt();

        assertThat(each).isEqualTo(18);
        assertThat(replicas * each).isLessThanOrEqualTo(connections - RESERVED_CONNECTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pairing-service", "transaction-service", "device-connector"})
    void portsAreThoseThatServiceListensOn(String service) {
        Map<String, Integer> ports = ports(service);

        assertThat(parse("base/%s.yaml".formatted(service))
                        .pods()
                        .flatMap(Pod::containers)
                        .flatMap(container -> Manifest.elements(container.path("ports")))
                        .filter(port -> ports.containsKey(port.path("name").asText())))
                .hasSameSizeAs(ports.keySet())
                .allSatisfy(port -> assertThat(port.path("containerPort").asInt())
                        .isEqualTo(ports.get(port.path("name").asText())));
    }

    /** Returns the ports that the service itself configures, by their names in the manifests. */
    private static Map<String, Integer> ports(String service) {
        String properties =
                Project.read(Project.ROOT.resolve(service).resolve("src/main/resources/application.properties"));
        Map<String, Integer> ports = new TreeMap<>();
        PORTS.forEach((key, name) -> Pattern.compile("(?m)^%s=(\\d+)$".formatted(Pattern.quote(key)))
                .matcher(properties)
                .results()
                .forEach(found -> ports.put(name, Integer.parseInt(found.group(1)))));
        return ports;
    }

    private static String describe(NewTopic topic) {
        return describe(topic.numPartitions(), topic.replicationFactor(), new TreeMap<>(topic.configs()));
    }

    private static String describe(Manifest topic) {
        return describe(
                topic.at("/spec/partitions").asInt(),
                topic.at("/spec/replicas").asInt(),
                Manifest.labels(topic.at("/spec/config")));
    }

    private static String describe(AclBinding acl) {
        return "%s %s %s"
                .formatted(
                        acl.entry().operation(),
                        acl.pattern().resourceType(),
                        acl.pattern().name());
    }

    /** Returns the rights of a user, without that to describe, which the others imply. */
    private static Set<String> rights(Manifest user) {
        return user.each("/spec/authorization/acls")
                .flatMap(acl -> Manifest.elements(acl.path("operations"))
                        .map(operation -> operation.asText().toUpperCase(Locale.ROOT))
                        .filter(operation -> !operation.equals("DESCRIBE"))
                        .map(operation -> "%s %s %s"
                                .formatted(
                                        operation,
                                        acl.at("/resource/type")
                                                .asText()
                                                .replaceAll("(?=[A-Z])", "_")
                                                .toUpperCase(Locale.ROOT),
                                        acl.at("/resource/name").asText())))
                .collect(Collectors.toSet());
    }

    private static String describe(int partitions, int replicas, Map<String, String> settings) {
        return "%d partitions, %d replicas, %s".formatted(partitions, replicas, settings);
    }

    private static Manifests parse(String file) {
        return Manifests.parse(Project.read(Path.of(file)));
    }
}
