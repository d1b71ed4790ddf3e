package dev.terminalcloud.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutboxProducerTest {
    /** No broker listens on this port. */
    private final OutboxProducer producer =
            new OutboxProducer(Map.of("bootstrap.servers", "127.0.0.1:1"), "test", Tracing.off());

    /** The relay's database transaction may be idle for 10 seconds. */
    @Test
    @Timeout(9)
    void unreachableKafkaIsFoundOutOnceAndNotOncePerRow() {
        List<OutboxRow> rows = LongStream.range(0, 500)
                .mapToObj(position -> row(position, position % 2 == 0 ? "device-commands" : "transaction-events"))
                .toList();

        assertThat(producer.send(rows).await().atMost(Duration.ofSeconds(9))).isEmpty();

        producer.close();
    }

    private static OutboxRow row(long position, String topic) {
        return new OutboxRow(position, UUID.randomUUID(), topic, "key", null, "type", null, "{}", Instant.EPOCH, null);
    }
}
