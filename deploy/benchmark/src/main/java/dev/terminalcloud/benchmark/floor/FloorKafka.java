package dev.terminalcloud.benchmark.floor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The clients of Kafka of the bare chain: one producer, acknowledged by all replicas, and one consumer for each topic. */
final class FloorKafka {
    private static final Logger LOG = Logger.getLogger(FloorKafka.class.getName());
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

    /** About as long as the events of the system. */
    private static final String PADDING = " ".repeat(300);

    private final String address;
    private final Producer<String, String> producer;

    FloorKafka(String address) {
        this.address = address;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "acks", "all", "linger.ms", "0"),
                new StringSerializer(),
                new StringSerializer());
    }

    void send(String topic, String device, String number) {
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, device, number + PADDING), (sent, failure) -> {
                    if (failure != null) {
                        LOG.log(Level.SEVERE, "Failed to send a record", failure);
                    }
                });
    }

    /** Passes device and number of each new record to the next hop, on a thread of its own. */
    void forward(String topic, BiConsumer<String, String> next) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, FloorTopics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        Thread thread = new Thread(() -> poll(consumer, next), topic);
        thread.setDaemon(true);
        thread.start();
    }

    private static void poll(KafkaConsumer<String, String> consumer, BiConsumer<String, String> next) {
        while (true) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL_TIMEOUT)) {
                next.accept(record.key(), record.value().strip());
            }
        }
    }
}
