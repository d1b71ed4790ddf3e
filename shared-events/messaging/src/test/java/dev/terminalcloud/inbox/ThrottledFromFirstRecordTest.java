package dev.terminalcloud.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.ContextHolder;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottledFromFirstRecordTest {
    private static final TopicPartition PARTITION = new TopicPartition("device-events", 3);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final BlockingQueue<Map<?, ?>> committed = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final KafkaCommitHandler commits = new ThrottledFromFirstRecord()
            .create(configuration(), vertx, consumerThatNeverStopsPolling(), (failure, fatal) -> {});

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void firstRecordOfAPartitionDoesNotWaitForAPollToEnd() throws InterruptedException {
        ((ContextHolder) commits).capture(vertx.getDelegate().getOrCreateContext());
        commits.partitionsAssigned(List.of(PARTITION));
        IncomingKafkaRecord<String, String> first = record(42);

        assertThat(commits.received(first).await().atMost(TIMEOUT)).isSameAs(first);

        commits.handle(first).await().atMost(TIMEOUT);
        assertThat(committed.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(43, null)));
    }

    private IncomingKafkaRecord<String, String> record(long offset) {
        return new IncomingKafkaRecord<>(
                new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "key", "value"),
                "device-events",
                0,
                commits,
                null,
                false);
    }

    /** Returns a consumer whose polling thread is never free; it records commits. */
    private KafkaConsumer<?, ?> consumerThatNeverStopsPolling() {
        return (KafkaConsumer<?, ?>) Proxy.newProxyInstance(
                KafkaConsumer.class.getClassLoader(),
                new Class<?>[] {KafkaConsumer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "configuration" -> Map.of("group.id", "test");
                    case "commit" -> {
                        committed.add((Map<?, ?>) arguments[0]);
                        yield Uni.createFrom().voidItem();
                    }
                    default -> Uni.createFrom().nothing();
                });
    }

    private static KafkaConnectorIncomingConfiguration configuration() {
        Map<String, String> settings = Map.of(
                "channel-name", "device-events",
                "connector", "smallrye-kafka",
                "value.deserializer", StringDeserializer.class.getName(),
                "auto.commit.interval.ms", "50",
                "throttled.unprocessed-record-max-age.ms", "0");
        return new KafkaConnectorIncomingConfiguration(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }
}
