package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer without events waits at the broker, and does not ask it again and again. */
@QuarkusTest
class ConsumersAtRestTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** Twice a second is Kafka's default; a wait of 20 ms makes 250. */
    private static final double MAX_FETCHES = 50;

    @Inject
    KafkaClientService clients;

    @ParameterizedTest
    @ValueSource(strings = {"device-events", "pairing-events", "device-registry", "transaction-events"})
    void consumerFetchesRarely(String channel) {
        await().atMost(TIMEOUT).ignoreExceptions().until(() -> fetches(channel) > 0);
        double before = fetches(channel);
        long begin = System.nanoTime();

        await().atMost(TIMEOUT).until(() -> System.nanoTime() - begin > WINDOW.toNanos());

        assertThat(fetches(channel) - before).isLessThan(MAX_FETCHES);
    }

    @Test
    void noChannelShortensItsWaits() {
        assertThat(values("fetch.max.wait.ms")).allMatch(millis -> millis >= 500);
        assertThat(values("poll-timeout")).allMatch(millis -> millis >= 1000);
    }

    private double fetches(String channel) {
        return clients.getConsumer(channel).unwrap().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("fetch-total"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    private static Iterable<Integer> values(String setting) {
        return StreamSupport.stream(
                        ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
                .filter(name -> name.endsWith("." + setting))
                .map(name -> ConfigProvider.getConfig().getValue(name, Integer.class))
                .toList();
    }
}
