package dev.terminalcloud.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The commands of the page about topics create the topics as the services expect them. */
class CreatingTopicsTest {
    private static final short REPLICAS = 3;

    @Test
    void pageCreatesEveryTopicAndNoOther() throws IOException {
        List<String> commands = TopicsPage.lines().stream()
                .filter(line -> line.matches("create [a-z-]+ \\d+ .*"))
                .toList();

        assertThat(commands)
                .containsExactlyElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> topic.toNewTopic(REPLICAS))
                        .map(CreatingTopicsTest::command)
                        .toList());
    }

    @Test
    void pageHasTheCommonTopicSettings() throws IOException {
        NewTopic events = Topic.DEVICE_EVENTS.toNewTopic(REPLICAS);
        NewTopic letters = Topic.DEVICE_EVENTS.toNewDeadLetterTopic(REPLICAS);

        assertThat(String.join("\n", TopicsPage.lines()))
                .contains("--replication-factor " + events.replicationFactor())
                .contains("--config min.insync.replicas=" + events.configs().get("min.insync.replicas"))
                .contains("--config unclean.leader.election.enable="
                        + events.configs().get("unclean.leader.election.enable"))
                .contains("--topic \"$1.dlq\" --partitions %d --config cleanup.policy=%s --config retention.ms=%s"
                        .formatted(
                                letters.numPartitions(),
                                letters.configs().get("cleanup.policy"),
                                letters.configs().get("retention.ms")));
    }

    private static String command(NewTopic topic) {
        return "create %s %d %s %s"
                .formatted(
                        topic.name(),
                        topic.numPartitions(),
                        topic.configs().get("cleanup.policy"),
                        topic.configs().get("retention.ms"));
    }
}
