package dev.terminalcloud.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shutdown closes the database while the inbox applies events. */
class InboxShutdownTest {
    private static final String EVENT =
            EventCodec.encode(new DeviceDisconnected("7000000001", UUID.randomUUID(), "DEVICE_DISCONNECTED"));

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        vertx.close();
    }

    @Test
    void failingEventIsDeadLetteredWhileRunning() {
        assertThat(deadLetters(EVENT, false)).isOne();
    }

    @Test
    void failingEventIsLeftUncommittedDuringShutdown() {
        assertThat(deadLetters(EVENT, true)).isZero();
    }

    /** Returns the number of dead letters after the record was received without a database. */
    private int deadLetters(String record, boolean stopping) {
        CompletableFuture<Void> received = new CompletableFuture<>();
        vertx.runOnContext(unused -> {
            InboxBatch<DeviceEvent> delivery = new InboxBatch<>(
                    Topic.DEVICE_EVENTS,
                    DeviceEvent.class,
                    (write, events) -> Uni.createFrom().voidItem(),
                    null,
                    new DeadLetterProducer(Map.of("bootstrap.servers", "127.0.0.1:1"), "test"),
                    new InboxMetrics(Topic.DEVICE_EVENTS, metrics),
                    Tracing.off(),
                    () -> stopping);
            delivery.apply(records(record)).subscribe().with(done -> {}, failure -> {});
            received.complete(null);
        });
        received.orTimeout(5, TimeUnit.SECONDS).join();
        return (int) metrics.find("inbox.dead.letters").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static ConsumerRecords<byte[], byte[]> records(String record) {
        String topic = Topic.DEVICE_EVENTS.topicName();
        return new ConsumerRecords<>(
                Map.of(
                        new TopicPartition(topic, 0),
                        List.of(new ConsumerRecord<>(topic, 0, 0, new byte[0], record.getBytes(UTF_8)))),
                Map.of());
    }
}
