package dev.terminalcloud.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.Topic;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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

    private KafkaConsumer<byte[], byte[]> newConsumer() {
        KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer("test");
        consumer.assign(List.of(PARTITION));
        return consumer;
    }
}
