package dev.terminalcloud.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {
    @ParameterizedTest
    @EnumSource(Topic.class)
    void topicIsDurable(Topic topic) {
        NewTopic created = topic.toNewTopic((short) 3);

        assertThat(created.replicationFactor()).isEqualTo((short) 3);
        assertThat(created.configs())
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("unclean.leader.election.enable", "false");
    }

    @Test
    void oneBrokerIsEnoughForATrial() {
        assertThat(Topic.DEVICE_EVENTS.toNewTopic((short) 1).configs()).containsEntry("min.insync.replicas", "1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"CONNECTOR_EVENTS", "PAIRING_EVENTS", "DEVICE_REGISTRY"})
    void stateIsKept(Topic topic) {
        assertThat(topic.toNewTopic((short) 1).configs()).containsEntry("cleanup.policy", "compact");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void deadLettersAreKeptForThreeMonths(Topic topic) {
        NewTopic created = topic.toNewDeadLetterTopic((short) 1);

        assertThat(created.name()).isEqualTo(topic.topicName() + ".dlq");
        assertThat(created.numPartitions()).isEqualTo(1);
        assertThat(created.configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", Long.toString(90L * 24 * 60 * 60 * 1000));
    }
}
