package dev.terminalcloud.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.Topic;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class RecordLoopTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.DEVICE_COMMANDS.topicName(), 30);

    @Inject
    KafkaClients clients;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void positionThatTheLogDoesNotHaveIsAFailureAndNotSkipped() {
        KafkaConsumer<byte[], byte[]> consumer = newConsumer();
        consumer.seek(PARTITION, 1_000_000);

        RecordLoop loop = RecordLoop.start("test", consumer, records -> {}, failures::add);

        await().until(() -> !failures.isEmpty());
        assertThat(failures).hasSize(1).first().isInstanceOf(OffsetOutOfRangeException.class);
        loop.close();
    }

    @Test
    void errorInTheHandlerIsAFailure() {
        KafkaConsumer<byte[], byte[]> consumer = newConsumer();
        consumer.seekToBeginning(List.of(PARTITION));

        RecordLoop loop = RecordLoop.start(
                "test",
                consumer,
                records -> {
                    throw new AssertionError("a bug");
                },
                failures::add);

        await().until(() -> !failures.isEmpty());
        assertThat(failures).hasSize(1).first().isInstanceOf(AssertionError.class);
        loop.close();
    }

    @Test
    void closingIsNotAFailure() {
        KafkaConsumer<byte[], byte[]> consumer = newConsumer();
        consumer.seekToBeginning(List.of(PARTITION));
        RecordLoop loop = RecordLoop.start("loop-that-is-closed", consumer, records -> {}, failures::add);

        loop.close();

        assertThat(failures).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("loop-that-is-closed"));
    }

    /** Kafka's default is two fetches a second; a wait of 20 ms makes 250. */
    @Test
    void readerAtRestFetchesRarely() {
        KafkaConsumer<byte[], byte[]> consumer = newConsumer();
        consumer.seekToEnd(List.of(PARTITION));
        RecordLoop loop = RecordLoop.start("test", consumer, records -> {}, failures::add);
        await().atMost(Duration.ofSeconds(60)).until(() -> fetches(consumer) > 0);
        double before = fetches(consumer);
        long begin = System.nanoTime();

        await().atMost(Duration.ofSeconds(60)).until(() -> System.nanoTime() - begin > 5_000_000_000L);

        assertThat(fetches(consumer) - before).isLessThan(50);
        loop.close();
    }

    private static double fetches(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("fetch-total"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    private KafkaConsumer<byte[], byte[]> newConsumer() {
        KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer("test");
        consumer.assign(List.of(PARTITION));
        return consumer;
    }
}
