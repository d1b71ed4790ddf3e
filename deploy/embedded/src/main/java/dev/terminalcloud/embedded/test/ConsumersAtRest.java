package dev.terminalcloud.embedded.test;

import static org.awaitility.Awaitility.await;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Fetches, metrics and settings of the consumers of an application under test that receive nothing. */
public final class ConsumersAtRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private ConsumersAtRest() {}

    /** Returns how many times the consumer of each channel asks the broker within the same time, once all have begun to. */
    public static Map<String, Double> fetchesWithin(Duration window, KafkaClientService clients, String... channels) {
        for (String channel : channels) {
            await().atMost(TIMEOUT).ignoreExceptions().until(() -> fetches(clients, channel) > 0);
        }
        Map<String, Double> before = new HashMap<>();
        for (String channel : channels) {
            before.put(channel, fetches(clients, channel));
        }
        long begin = System.nanoTime();
        await().atMost(TIMEOUT).until(() -> System.nanoTime() - begin > window.toNanos());
        before.replaceAll((channel, count) -> fetches(clients, channel) - count);
        return before;
    }

    private static double fetches(KafkaClientService clients, String channel) {
        return metric(clients, channel, "fetch-total");
    }

    /** Returns the sum of a metric of Kafka's client over all that the consumer of this channel has of this name. */
    public static double metric(KafkaClientService clients, String channel, String name) {
        return clients.getConsumer(channel).unwrap().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    /** Returns how many bytes a poll of each channel has at most, if it reads that many partitions. */
    public static List<Long> bytesPerPoll(KafkaClientService clients, int partitions, String... channels) {
        return Stream.of(channels)
                .map(channel -> clients.getConsumer(channel).configuration())
                .map(settings -> partitions
                        * Long.parseLong(
                                settings.get("max.partition.fetch.bytes").toString()))
                .toList();
    }

    /** Returns the values of a setting of all channels that have one. */
    public static List<Integer> settings(String name) {
        Config config = ConfigProvider.getConfig();
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> key.endsWith("." + name))
                .map(key -> config.getValue(key, Integer.class))
                .toList();
    }
}
