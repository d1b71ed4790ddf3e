package dev.terminalcloud.checker.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads the records between the services, and can send some of them again: the same record in the same partition, with the same headers,
 * as a producer does that does not know whether its record was written.
 */
public final class RecordReplayer implements AutoCloseable {
    private static final List<String> TOPICS =
            List.of("device-events", "device-commands", "transaction-events", "pairing-events");
    private static final String TYPE = "ce_type";

    /** A repeated start would be a second connector, which is a separate fault. */
    private static final String START_OF_CONNECTOR = "connector-started";

    private static final int MAX_KEPT = 2_000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ConcurrentLinkedDeque<ConsumerRecord<byte[], byte[]>> newest = new ConcurrentLinkedDeque<>();
    private final Map<String, Object> settings;
    private final Thread reader;
    private volatile boolean ending;
    private volatile RunFailedException failure;

    private RecordReplayer(Map<String, Object> settings, KafkaConsumer<byte[], byte[]> consumer) {
        this.settings = settings;
        this.reader = new Thread(() -> read(consumer), "record-replayer");
        reader.setDaemon(true);
    }

    /**
     * Starts to read the records.
     *
     * @param bootstrapServers the addresses of Kafka, which must be available
     * @throws RunFailedException if Kafka can't be read
     */
    public static RecordReplayer of(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "enable.auto.commit", false,
                "auto.offset.reset", "latest",
                "delivery.timeout.ms", 5_000,
                "request.timeout.ms", 3_000,
                "linger.ms", 0,
                "max.block.ms", 2_000);
        try {
            RecordReplayer replayer = new RecordReplayer(settings, openConsumer(settings));
            replayer.reader.start();
            return replayer;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> openConsumer(Map<String, Object> settings) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = TOPICS.stream()
                    .map(topic -> consumer.partitionsFor(topic, TIMEOUT))
                    .flatMap(Collection::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            return consumer;
        } catch (KafkaException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    /**
     * Sends some of the newest records again, and returns how many.
     *
     * @throws RunFailedException if the records are no longer read
     */
    int replay(SplittableRandom random, int count) {
        if (failure != null) {
            throw failure;
        }
        List<ConsumerRecord<byte[], byte[]>> known = new ArrayList<>(newest);
        if (known.isEmpty()) {
            return 0;
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                var unused = producer.send(copy(known.get(random.nextInt(known.size()))));
            }
            return count;
        } catch (KafkaException unavailable) {
            // Another fault makes Kafka unavailable: then nothing is sent again.
            return 0;
        }
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (!ending) {
                consumer.poll(POLL).forEach(this::keep);
            }
        } catch (KafkaException e) {
            failure = failure(e);
        }
    }

    private static RunFailedException failure(KafkaException cause) {
        Throwable reason = cause.getCause() == null ? cause : cause.getCause();
        return new RunFailedException("records can't be read to send them again: " + reason.getMessage(), cause);
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        Header type = record.headers().lastHeader(TYPE);
        if (type == null
                || new String(type.value(), java.nio.charset.StandardCharsets.UTF_8).contains(START_OF_CONNECTOR)) {
            return;
        }
        newest.addLast(record);
        if (newest.size() > MAX_KEPT) {
            newest.removeFirst();
        }
    }

    @Override
    public void close() {
        ending = true;
    }
}
