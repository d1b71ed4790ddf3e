package dev.terminalcloud.embedded;

import dev.terminalcloud.events.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates the topics of the system on a single broker, hence with a replication factor of 1. */
public final class TopicCreator {
    private static final short REPLICATION_FACTOR = 1;

    /** Long, for a broker on a busy machine. */
    private static final int TIMEOUT_MILLIS = 10 * 60 * 1000;

    private TopicCreator() {}

    /** Creates each missing {@link Topic} and dead-letter topic; existing topics stay unchanged. */
    public static void createMissing(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing =
                    all().filter(topic -> !existing.contains(topic.name())).toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Failed to create the topics on the broker at %s".formatted(bootstrapServers), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating the topics", e);
        }
    }

    private static Stream<NewTopic> all() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(
                        topic.toNewTopic(REPLICATION_FACTOR), topic.toNewDeadLetterTopic(REPLICATION_FACTOR)));
    }
}
