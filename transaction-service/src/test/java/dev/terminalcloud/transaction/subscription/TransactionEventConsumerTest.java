package dev.terminalcloud.transaction.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import dev.terminalcloud.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record of a poll that can't be handled costs no other record of it: those wake the requests that wait for them. */
class TransactionEventConsumerTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.TRANSACTION_EVENTS.topicName(), 0);
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    private final Vertx vertx = Vertx.vertx();
    private final ChangeNotifier changes = new ChangeNotifier(vertx, new SimpleMeterRegistry());
    private final TransactionEventConsumer consumer = new TransactionEventConsumer(changes, Tracing.off());
    private final ChangeSubscription second = changes.subscribe(SECOND, change -> true);

    @AfterEach
    void close() {
        second.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void recordAfterAMalformedOneWakesItsRequests() {
        consumer.receive(polled("no event", payload(new TransactionStarted(SECOND, 2))));

        assertThat(second.newestVersion()).isEqualTo(2);
    }

    @Test
    void recordAfterOneThatFailsUnforeseenWakesItsRequests() {
        ChangeSubscription first = changes.subscribe(FIRST, change -> {
            throw new IllegalStateException("a bug");
        });

        consumer.receive(polled(payload(new TransactionStarted(FIRST, 2)), payload(new TransactionStarted(SECOND, 2))));

        assertThat(second.newestVersion()).isEqualTo(2);
        first.close();
    }

    private static String payload(Event event) {
        return EventCodec.encode(event);
    }

    private static ConsumerRecords<byte[], byte[]> polled(String... payloads) {
        List<byte[]> values =
                Stream.of(payloads).map(payload -> payload.getBytes(UTF_8)).toList();
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, values.size())
                .mapToObj(offset -> new ConsumerRecord<byte[], byte[]>(
                        PARTITION.topic(), PARTITION.partition(), offset, null, values.get(offset)))
                .toList();
        return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of());
    }
}
