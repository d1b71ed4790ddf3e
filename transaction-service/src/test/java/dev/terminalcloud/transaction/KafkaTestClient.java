package dev.terminalcloud.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka client of the tests: the events that the service under test published, and a way to send it events. */
@ApplicationScoped
class KafkaTestClient {
    /** An event as it was published. */
    record Published(int partition, Event event) {}

    private static final List<Topic> READ =
            List.of(Topic.DEVICE_COMMANDS, Topic.TRANSACTION_EVENTS, Topic.PAIRING_CONFIRMATIONS);

    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final Map<Event, String> traceparents = new ConcurrentHashMap<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private volatile boolean closing;
    private final KafkaProducer<String, String> producer;

    KafkaTestClient(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        producer = new KafkaProducer<>(new HashMap<>(kafka), new StringSerializer(), new StringSerializer());
        Map<String, Object> ungrouped = new HashMap<>(kafka);
        ungrouped.remove("group.id");
        consumer = new KafkaConsumer<>(ungrouped, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : READ) {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.topicName(), i));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Thread thread = new Thread(this::read, "kafka-test-client");
        thread.setDaemon(true);
        thread.start();
    }

    @PreDestroy
    void close() {
        closing = true;
        producer.close();
    }

    /** All events of one kind, oldest first. */
    <E extends Event> List<E> events(Class<E> type) {
        return published.stream()
                .map(Published::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Returns the header of a published event; null without one. */
    String traceparent(Event event) {
        return traceparents.get(event);
    }

    List<Published> published() {
        return List.copyOf(published);
    }

    /** Sends an event and waits until Kafka has it. */
    void send(Topic topic, Event event) {
        send(EventCodec.toRecord(topic, null, event, EventMetadata.of(event, "/test", Clock.systemUTC())));
    }

    /** Sends text that is not an event. */
    void sendText(Topic topic, String key, String text) {
        send(new ProducerRecord<>(topic.topicName(), key, text));
    }

    /** Sends a dead letter as the consumer that could not read the record. */
    void sendDeadLetter(Topic source, String key, String consumer) {
        ProducerRecord<String, String> letter = new ProducerRecord<>(source.deadLetterTopicName(), key, "no event");
        letter.headers().add("dead-letter-consumer", consumer.getBytes(UTF_8));
        send(letter);
    }

    private void send(ProducerRecord<String, String> sent) {
        try {
            producer.send(sent).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (consumer) {
            while (!closing) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::add);
            }
        }
    }

    private void add(ConsumerRecord<String, byte[]> found) {
        Event event = EventCodec.decode(topic(found.topic()), found.value());
        Header traceparent = found.headers().lastHeader("traceparent");
        if (traceparent != null) {
            traceparents.put(event, new String(traceparent.value(), UTF_8));
        }
        published.add(new Published(found.partition(), event));
    }

    private static Topic topic(String name) {
        return READ.stream()
                .filter(topic -> topic.topicName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
