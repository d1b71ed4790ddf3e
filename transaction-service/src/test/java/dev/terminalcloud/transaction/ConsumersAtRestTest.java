package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.ConsumersAtRest;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer without events waits at the broker, and does not ask it again and again. */
@QuarkusTest
class ConsumersAtRestTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** Twice a second is Kafka's default; a wait of 20 ms makes 250. */
    private static final double MAX_FETCHES = 50;

    @Inject
    KafkaClientService clients;

    @ParameterizedTest
    @ValueSource(strings = {"device-events", "pairing-events", "device-registry", "transaction-events"})
    void consumerFetchesRarely(String channel) {
        assertThat(ConsumersAtRest.fetchesWithin(WINDOW, clients, channel)).isLessThan(MAX_FETCHES);
    }

    @Test
    void noChannelShortensItsWaits() {
        assertThat(ConsumersAtRest.settings("fetch.max.wait.ms")).allMatch(millis -> millis >= 500);
        assertThat(ConsumersAtRest.settings("poll-timeout")).allMatch(millis -> millis >= 1000);
    }
}
