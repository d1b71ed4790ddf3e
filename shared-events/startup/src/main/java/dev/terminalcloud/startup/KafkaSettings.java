package dev.terminalcloud.startup;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Settings of Kafka clients that hold whatever {@code kafka.*} says: those that correctness rests on, and bounds of time. Each method
 * returns a new map with the settings of the connection, to which the caller adds what is particular to its client.
 */
public final class KafkaSettings {
    private KafkaSettings() {}

    /**
     * Returns the settings of a producer whose records are acknowledged by all in-sync replicas, are stored once, keep their order in a
     * partition, and wait for no others.
     */
    public static Map<String, Object> durableProducer(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    /**
     * Returns the settings of a consumer that belongs to no group, commits no offset, reads no record of an open or aborted transaction,
     * and creates no topic.
     */
    public static Map<String, Object> readerWithoutGroup(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    /** Returns the settings of an administration client each of whose calls fails after the timeout. */
    public static Map<String, Object> administration(Map<String, Object> connection, Duration timeout) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        return settings;
    }
}
