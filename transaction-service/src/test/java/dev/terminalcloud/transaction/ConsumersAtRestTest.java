package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.ConsumersAtRest;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A consumer without events waits at the broker, and does not ask it again and again. */
@QuarkusTest
class ConsumersAtRestTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private static final String[] CHANNELS = {"device-events", "pairing-events", "device-registry", "transaction-events"
    };

    /** Twice a second is Kafka's default; a wait of 20 ms makes 250. */
    private static final double MAX_FETCHES = 50;

    @Inject
    KafkaClientService clients;

    @Test
    void consumerFetchesRarely() {
        assertThat(ConsumersAtRest.fetchesWithin(WINDOW, clients, CHANNELS))
                .containsOnlyKeys(CHANNELS)
                .allSatisfy((channel, fetches) -> assertThat(fetches).isLessThan(MAX_FETCHES));
    }

    @Test
    void noChannelShortensItsWaits() {
        assertThat(ConsumersAtRest.settings("fetch.max.wait.ms")).allMatch(millis -> millis >= 500);
        assertThat(ConsumersAtRest.settings("poll-timeout")).allMatch(millis -> millis >= 1000);
    }

    @Test
    void pollOfLargeRecordsHasFewMebibytes() {
        assertThat(ConsumersAtRest.bytesPerPoll(clients, 12, CHANNELS)).allMatch(bytes -> bytes <= 4 * 1024 * 1024);
    }
}
