package dev.terminalcloud.events;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** Kafka topics, each with the family of events that it carries and the settings that it is created with. */
public enum Topic {
    /** The partition is the connector's index, so the partition count is the maximum number of connectors; it must never change. */
    DEVICE_COMMANDS("device-commands", DeviceCommand.class, 64, Duration.ofHours(1)),
    DEVICE_EVENTS("device-events", DeviceEvent.class, 12, Duration.ofDays(7)),
    CONNECTOR_EVENTS("connector-events", ConnectorEvent.class, 1),
    PAIRING_EVENTS("pairing-events", PairingEvent.class, 12),
    PAIRING_CONFIRMATIONS("pairing-confirmations", PairingConfirmation.class, 12, Duration.ofDays(7)),
    DEVICE_REGISTRY("device-registry", DeviceRegistryEvent.class, 12),
    DEVICE_LIFECYCLE("device-lifecycle", DeviceLifecycleEvent.class, 12, Duration.ofDays(7)),
    TRANSACTION_EVENTS("transaction-events", TransactionEvent.class, 12, Duration.ofDays(7));

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);

    private final String topicName;
    private final Class<? extends Event> family;
    private final int partitions;
    private final String cleanupPolicy;
    private final Duration retention;

    /** Creates a topic that deletes records after the retention time. */
    Topic(String topicName, Class<? extends Event> family, int partitions, Duration retention) {
        this.topicName = topicName;
        this.family = family;
        this.partitions = partitions;
        this.cleanupPolicy = "delete";
        this.retention = retention;
    }

    /** Creates a topic that keeps the newest record of each key. */
    Topic(String topicName, Class<? extends Event> family, int partitions) {
        this.topicName = topicName;
        this.family = family;
        this.partitions = partitions;
        this.cleanupPolicy = "compact";
        this.retention = Duration.ofDays(7);
    }

    public String topicName() {
        return topicName;
    }

    /** Returns the topic for records that readers could not parse or apply: {@code <topic>.dlq}. */
    public String deadLetterTopicName() {
        return topicName + ".dlq";
    }

    /** Returns the sealed interface of the events on this topic. */
    public Class<? extends Event> family() {
        return family;
    }

    public int partitions() {
        return partitions;
    }

    /** Returns whether the topic keeps only the newest record of each key, so that an old record written again would hide a newer one. */
    public boolean isCompacted() {
        return cleanupPolicy.equals("compact");
    }

    /** Returns the topic to create: durable, with the given replication factor (3 in production, 1 locally). */
    public NewTopic toNewTopic(short replicationFactor) {
        return newTopic(topicName, partitions, replicationFactor, cleanupPolicy, retention);
    }

    /** Returns the dead-letter topic to create. */
    public NewTopic toNewDeadLetterTopic(short replicationFactor) {
        return newTopic(deadLetterTopicName(), 1, replicationFactor, "delete", DEAD_LETTER_RETENTION);
    }

    private static NewTopic newTopic(
            String name, int partitions, short replicationFactor, String cleanupPolicy, Duration retention) {
        return new NewTopic(name, partitions, replicationFactor)
                .configs(Map.of(
                        "cleanup.policy",
                        cleanupPolicy,
                        "retention.ms",
                        Long.toString(retention.toMillis()),
                        "min.insync.replicas",
                        Integer.toString(Math.max(1, replicationFactor - 1)),
                        "unclean.leader.election.enable",
                        "false"));
    }
}
