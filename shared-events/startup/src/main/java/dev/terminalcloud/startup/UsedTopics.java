package dev.terminalcloud.startup;

import dev.terminalcloud.events.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The topics that a service reads or writes. Each service with a database has one such bean.
 *
 * @param deadLettered the topics whose records it sends to a dead-letter topic if it can't parse or apply them
 */
public record UsedTopics(Set<Topic> topics, Set<Topic> deadLettered) {

    /** Returns the names of all topics with the number of partitions that each must have. */
    Map<String, Integer> partitions() {
        Map<String, Integer> partitions = new TreeMap<>();
        topics.forEach(topic -> partitions.put(topic.topicName(), topic.partitions()));
        deadLettered.forEach(topic -> partitions.put(topic.deadLetterTopicName(), 1));
        return partitions;
    }
}
