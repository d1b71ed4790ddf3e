package dev.terminalcloud.startup;

import dev.terminalcloud.events.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The topics that a service reads or writes. Each service with a database has one such bean.
 *
 * @param deadLettered those of which it puts aside what it can't read or apply
 */
public record UsedTopics(Set<Topic> topics, Set<Topic> deadLettered) {

    /** The names of all of them, with the partitions that each has to have. */
    Map<String, Integer> partitions() {
        Map<String, Integer> partitions = new TreeMap<>();
        topics.forEach(topic -> partitions.put(topic.topicName(), topic.partitions()));
        deadLettered.forEach(topic -> partitions.put(topic.deadLetterTopicName(), 1));
        return partitions;
    }
}
