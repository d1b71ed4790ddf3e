package dev.terminalcloud.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings that correctness rests on are not a matter of configuration. */
class KafkaSettingsTest {
    private static final Map<String, Object> CONNECTION = Map.of(
            "bootstrap.servers", "kafka:9092",
            "acks", "1",
            "enable.idempotence", "false",
            "linger.ms", "100",
            "group.id", "another",
            "enable.auto.commit", "true",
            "isolation.level", "read_uncommitted",
            "allow.auto.create.topics", "true",
            "request.timeout.ms", "60000");

    @Test
    void producerIsDurable() {
        assertThat(KafkaSettings.durableProducer(CONNECTION))
                .isEqualTo(connectionWith(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0)));
    }

    @Test
    void readerBelongsToNoGroupAndReadsWhatIsCommitted() {
        Map<String, Object> expected = connectionWith(Map.of(
                "enable.auto.commit", false,
                "isolation.level", "read_committed",
                "allow.auto.create.topics", false));
        expected.remove("group.id");

        assertThat(KafkaSettings.readerWithoutGroup(CONNECTION)).isEqualTo(expected);
    }

    @Test
    void callOfAnAdministratorEnds() {
        assertThat(KafkaSettings.administration(CONNECTION, Duration.ofSeconds(3)))
                .isEqualTo(connectionWith(Map.of("request.timeout.ms", 3_000, "default.api.timeout.ms", 3_000)));
    }

    private static Map<String, Object> connectionWith(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(CONNECTION);
        settings.putAll(more);
        return settings;
    }
}
