package dev.terminalcloud.startup;

import dev.terminalcloud.events.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * The ids that Kafka has given to topics: a topic that was created again has another id, although it has the same name. So other ids mean
 * that Kafka has lost its data.
 */
public final class TopicIds {
    private static final int TIMEOUT_MILLIS = 10_000;

    private TopicIds() {}

    /**
     * Returns the topics with their ids, always in the same order. Blocks for up to ten seconds.
     *
     * @param connection the connection settings of the Kafka clients
     * @throws KafkaException if Kafka does not answer, or does not have one of the topics
     */
    public static String read(Map<String, Object> connection, Collection<Topic> topics) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return admin
                    .describeTopics(topics.stream().map(Topic::topicName).toList())
                    .allTopicNames()
                    .get()
                    .values()
                    .stream()
                    .map(topic -> topic.name() + "=" + topic.topicId())
                    .sorted()
                    .collect(Collectors.joining(" "));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        }
    }
}
