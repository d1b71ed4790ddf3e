package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Incomplete;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import dev.terminalcloud.startup.KafkaTopics;
import dev.terminalcloud.startup.UsedTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check of the topics, on a broker of its own, since it deletes topics. */
@Tag("slow")
class KafkaTopicsTest {
    private static final UsedTopics ALL = new UsedTopics(Set.of(Topic.values()), Set.of(Topic.values()));

    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(data, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void brokerWithAllTopicsIsAvailable() throws InterruptedException {
        assertThat(look(broker.bootstrapServers(), ALL)).isEqualTo(new Available());
    }

    @Test
    void missingTopicsAreNamedAndSoIsOneWithTooFewPartitions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of("device-lifecycle", "device-events.dlq"))
                    .all()
                    .get();
            await().untilAsserted(() -> assertThat(look(broker.bootstrapServers(), ALL))
                    .isInstanceOfSatisfying(Incomplete.class, finding -> assertThat(finding.reason())
                            .contains("device-lifecycle")
                            .contains("device-events.dlq")));

            admin.createTopics(List.of(
                            new NewTopic("device-lifecycle", 4, (short) 1),
                            Topic.DEVICE_EVENTS.toNewDeadLetterTopic((short) 1)))
                    .all()
                    .get();
            await().untilAsserted(() -> assertThat(look(broker.bootstrapServers(), ALL))
                    .isEqualTo(new Misconfigured("topic device-lifecycle has 4 partitions but needs 12")));
            UsedTopics others = new UsedTopics(Set.of(Topic.DEVICE_EVENTS), Set.of(Topic.DEVICE_EVENTS));
            assertThat(look(broker.bootstrapServers(), others)).isEqualTo(new Available());

            admin.deleteTopics(List.of("device-lifecycle")).all().get();
            admin.createTopics(List.of(Topic.DEVICE_LIFECYCLE.toNewTopic((short) 1)))
                    .all()
                    .get();
            await().untilAsserted(() ->
                    assertThat(look(broker.bootstrapServers(), ALL)).isEqualTo(new Available()));
        }
    }

    @Test
    void unreachableBrokerIsUnavailable() throws InterruptedException {
        assertThat(look("127.0.0.1:" + Port.free(), ALL)).isInstanceOf(Unavailable.class);
    }

    @Test
    void unresolvableBrokerIsUnavailable() throws InterruptedException {
        assertThat(look("kafka.invalid:9092", ALL)).isInstanceOf(Unavailable.class);
    }

    @Test
    void invalidAddressIsMisconfigured() throws InterruptedException {
        assertThat(look("kafka", ALL)).isInstanceOf(Misconfigured.class);
    }

    private static CheckResult look(String bootstrapServers, UsedTopics used) throws InterruptedException {
        return new KafkaTopics(Map.of("bootstrap.servers", bootstrapServers), used).check();
    }
}
