package dev.terminalcloud.events;

import static dev.terminalcloud.events.Topic.CONNECTOR_EVENTS;
import static dev.terminalcloud.events.Topic.DEVICE_COMMANDS;
import static dev.terminalcloud.events.Topic.DEVICE_EVENTS;
import static dev.terminalcloud.events.Topic.DEVICE_LIFECYCLE;
import static dev.terminalcloud.events.Topic.DEVICE_REGISTRY;
import static dev.terminalcloud.events.Topic.PAIRING_CONFIRMATIONS;
import static dev.terminalcloud.events.Topic.PAIRING_EVENTS;
import static dev.terminalcloud.events.Topic.TRANSACTION_EVENTS;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Users of Kafka, one for each service, with what each may do. The rest is forbidden: a topic is written by its owner only, so that
 * no other program can report a payment, pair a register or admit a device.
 */
public enum KafkaUser {
    PAIRING_SERVICE(
            "pairing-service",
            new Topics(
                    Set.of(DEVICE_EVENTS, PAIRING_CONFIRMATIONS, CONNECTOR_EVENTS),
                    Set.of(DEVICE_EVENTS, PAIRING_CONFIRMATIONS),
                    Set.of(PAIRING_EVENTS, DEVICE_REGISTRY, DEVICE_LIFECYCLE, DEVICE_COMMANDS)),
            Set.of("pairing-service", "pairing-service-confirmations"),
            Set.of("pairing-service-outbox")),
    TRANSACTION_SERVICE(
            "transaction-service",
            new Topics(
                    Set.of(DEVICE_EVENTS, PAIRING_EVENTS, DEVICE_REGISTRY, CONNECTOR_EVENTS, TRANSACTION_EVENTS),
                    Set.of(DEVICE_EVENTS, PAIRING_EVENTS, DEVICE_REGISTRY),
                    Set.of(TRANSACTION_EVENTS, PAIRING_CONFIRMATIONS, DEVICE_COMMANDS)),
            Set.of("transaction-service", "transaction-service-pairings", "transaction-service-registry"),
            Set.of("transaction-service-outbox")),
    DEVICE_CONNECTOR(
            "device-connector",
            new Topics(
                    Set.of(DEVICE_COMMANDS, DEVICE_REGISTRY, CONNECTOR_EVENTS),
                    Set.of(DEVICE_COMMANDS),
                    Set.of(DEVICE_EVENTS, CONNECTOR_EVENTS, DEVICE_COMMANDS)),
            Set.of(),
            Set.of());

    private final String userName;

    @SuppressWarnings("ImmutableEnumChecker") // sets that can't be modified
    private final Topics topics;

    @SuppressWarnings("ImmutableEnumChecker") // a set that can't be modified
    private final Set<String> groups;

    @SuppressWarnings("ImmutableEnumChecker") // a set that can't be modified
    private final Set<String> transactionalIds;

    KafkaUser(String userName, Topics topics, Set<String> groups, Set<String> transactionalIds) {
        this.userName = userName;
        this.topics = topics;
        this.groups = groups;
        this.transactionalIds = transactionalIds;
    }

    /** @param deadLettered the topics of which it writes and reads the dead letters */
    private record Topics(Set<Topic> read, Set<Topic> deadLettered, Set<Topic> written) {}

    /**
     * Returns the user with this name.
     *
     * @throws IllegalArgumentException if no user has it
     */
    public static KafkaUser of(String userName) {
        return Stream.of(values())
                .filter(user -> user.userName.equals(userName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown Kafka user: " + userName));
    }

    /** Returns the name that it logs on with. */
    public String userName() {
        return userName;
    }

    /** Returns the names of the topics that it reads, dead-letter topics included, in alphabetical order. */
    public Set<String> readTopics() {
        return withDeadLetters(topics.read());
    }

    /** Returns the names of the topics that it writes, dead-letter topics included, in alphabetical order. */
    public Set<String> writtenTopics() {
        return withDeadLetters(topics.written());
    }

    /** Returns the consumer groups that it reads in, in alphabetical order. */
    public Set<String> groups() {
        return new TreeSet<>(groups);
    }

    /** Returns the ids of its Kafka transactions. */
    public Set<String> transactionalIds() {
        return new TreeSet<>(transactionalIds);
    }

    /** Returns the access control lists, which allow nothing else. Each of these operations includes to describe. */
    public List<AclBinding> acls() {
        return Stream.of(
                        allow(ResourceType.TOPIC, readTopics(), AclOperation.READ),
                        allow(ResourceType.TOPIC, writtenTopics(), AclOperation.WRITE),
                        allow(ResourceType.GROUP, groups(), AclOperation.READ),
                        allow(ResourceType.TRANSACTIONAL_ID, transactionalIds(), AclOperation.WRITE))
                .flatMap(acls -> acls)
                .toList();
    }

    private Set<String> withDeadLetters(Set<Topic> others) {
        Set<String> names = new TreeSet<>();
        others.forEach(topic -> names.add(topic.topicName()));
        topics.deadLettered().forEach(topic -> names.add(topic.deadLetterTopicName()));
        return names;
    }

    private Stream<AclBinding> allow(ResourceType type, Set<String> names, AclOperation operation) {
        AccessControlEntry entry = new AccessControlEntry("User:" + userName, "*", operation, AclPermissionType.ALLOW);
        return names.stream().map(name -> new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), entry));
    }
}
