package dev.terminalcloud.embedded.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class DataRetentionPageTest {
    private static final short REPLICAS = 1;

    @Test
    void pageHasTheRetentionOfEachTopic() throws IOException {
        Map<String, String> topics = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            topics.put(topic.topicName(), retention(topic.toNewTopic(REPLICAS)));
            topics.put("<topic>.dlq", retention(topic.toNewDeadLetterTopic(REPLICAS)));
        }

        assertThat(DataRetentionPage.read().topics()).isEqualTo(topics);
    }

    @Test
    void tablesOfBothServicesAreThoseOfEach() throws IOException {
        DataRetentionPage page = DataRetentionPage.read();

        assertThat(page.columnsOf("pairing-service")).containsKeys("audit_entry", "register");
        assertThat(page.columnsOf("transaction-service"))
                .containsKeys("audit_entry", "transaction")
                .doesNotContainKey("register");
        assertThat(page.columnsOf("transaction-service").get("transaction")).contains("id", "prompt", "outcome");
        assertThat(page.keysOf("pairing-service")).containsKeys("retention.audit-entries", "pairing.contact-retention");
    }

    private static String retention(NewTopic topic) {
        if (topic.configs().get("cleanup.policy").equals("compact")) {
            return "the newest record of each key";
        }
        Duration time = Duration.ofMillis(Long.parseLong(topic.configs().get("retention.ms")));
        return time.compareTo(Duration.ofHours(1)) == 0 ? "1 hour" : time.toDays() + " days";
    }
}
