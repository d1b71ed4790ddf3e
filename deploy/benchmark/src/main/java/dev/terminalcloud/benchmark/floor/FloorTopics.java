package dev.terminalcloud.benchmark.floor;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the bare chain, in the order of its hops. */
final class FloorTopics {
    static final String COMMANDS = "floor-commands";
    static final String DELIVERIES = "floor-deliveries";
    static final String EVENTS = "floor-events";

    /** As many as the topics of the system have. */
    static final int PARTITIONS = 12;

    private FloorTopics() {}

    /** Creates the topics that do not exist. */
    static void create(String kafka) throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            for (String topic : List.of(COMMANDS, DELIVERIES, EVENTS)) {
                create(admin, topic);
            }
        }
    }

    private static void create(Admin admin, String topic) throws IOException, InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("Failed to create the topic " + topic, e);
            }
        }
    }
}
