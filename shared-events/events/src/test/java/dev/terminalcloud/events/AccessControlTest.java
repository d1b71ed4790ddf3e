package dev.terminalcloud.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Access control lists of Kafka: the table and the commands of the page about topics, and what they must never allow. */
class AccessControlTest {
    @Test
    void pageHasTheTable() throws IOException {
        assertThat(TopicsPage.lines())
                .containsSubsequence(Arrays.stream(KafkaUser.values())
                        .map(AccessControlTest::row)
                        .toList());
    }

    @Test
    void pageAllowsTheSame() throws IOException {
        List<String> commands = TopicsPage.lines().stream()
                .filter(line -> line.startsWith("allow ") && !line.startsWith("allow()"))
                .toList();

        assertThat(commands)
                .containsExactlyElementsOf(Arrays.stream(KafkaUser.values())
                        .flatMap(AccessControlTest::commands)
                        .toList());
    }

    @Test
    void topicHasOneWriterExceptCommands() {
        for (Topic topic : Topic.values()) {
            List<KafkaUser> writers = Arrays.stream(KafkaUser.values())
                    .filter(user -> user.writtenTopics().contains(topic.topicName()))
                    .toList();

            if (topic == Topic.DEVICE_COMMANDS) {
                assertThat(writers).containsExactly(KafkaUser.values());
            } else {
                assertThat(writers).as(topic.topicName()).hasSize(1);
            }
        }
        assertThat(KafkaUser.DEVICE_CONNECTOR.writtenTopics()).contains("device-events");
    }

    private static String row(KafkaUser user) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        user.userName(),
                        quoted(user.readTopics()),
                        quoted(user.writtenTopics()),
                        quoted(user.groups()),
                        quoted(user.transactionalIds()));
    }

    private static String quoted(Set<String> names) {
        return names.isEmpty()
                ? "–"
                : names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static Stream<String> commands(KafkaUser user) {
        return Stream.of(
                        command(user, "Read", "topic", user.readTopics()),
                        command(user, "Write", "topic", user.writtenTopics()),
                        command(user, "Read", "group", user.groups()),
                        command(user, "Write", "transactional-id", user.transactionalIds()))
                .flatMap(command -> command);
    }

    private static Stream<String> command(KafkaUser user, String operation, String kind, Set<String> names) {
        return names.isEmpty()
                ? Stream.empty()
                : Stream.of("allow %s %s %s %s".formatted(user.userName(), operation, kind, String.join(" ", names)));
    }
}
