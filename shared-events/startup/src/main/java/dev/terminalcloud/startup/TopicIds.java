package dev.terminalcloud.startup;

import dev.terminalcloud.events.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reader of the ids that Kafka has given to topics: a topic that was created again has another id, although it has the same name. So other
 * ids mean that Kafka has lost its data. Thread-safe.
 */
public final class TopicIds implements AutoCloseable {
    private final Admin admin;

    private TopicIds(Admin admin) {
        this.admin = admin;
    }

    /**
     * Opens a reader with a connection of its own, which must be closed.
     *
     * @param connection the connection settings of the Kafka clients
     * @param timeout the maximum time of a read
     */
    public static TopicIds open(Map<String, Object> connection, Duration timeout) {
        return new TopicIds(Admin.create(KafkaSettings.administration(connection, timeout)));
    }

    /**
     * Returns the topics with their ids, always in the same order. Blocks.
     *
     * @throws KafkaException if Kafka does not answer in time, or does not have one of the topics, or the thread is interrupted
     */
    public String read(Collection<Topic> topics) {
        try {
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
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
