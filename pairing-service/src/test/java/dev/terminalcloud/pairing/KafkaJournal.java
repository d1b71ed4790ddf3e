package dev.terminalcloud.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** All committed records in Kafka, and a producer that writes events as a connector does. */
@ApplicationScoped
public class KafkaJournal {
    private final Map<String, Queue<ConsumerRecord<String, byte[]>>> seen = new ConcurrentHashMap<>();
    private final Map<String, Object> settings;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private Thread reader;

    KafkaJournal(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        settings = new HashMap<>(kafka);
        settings.remove("group.id");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
    }

    @PostConstruct
    void open() {
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.topicName(), partition));
            }
            partitions.add(new TopicPartition(topic.deadLetterTopicName(), 0));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = new Thread(this::read, "kafka-journal");
        reader.start();
    }

    @PreDestroy
    void close() throws InterruptedException {
        consumer.wakeup();
        reader.join();
        producer.close();
    }

    private void read() {
        try (KafkaConsumer<String, byte[]> open = consumer) {
            while (true) {
                open.poll(Duration.ofSeconds(1))
                        .forEach(found -> seen.computeIfAbsent(found.topic(), topic -> new ConcurrentLinkedQueue<>())
                                .add(found));
            }
        } catch (WakeupException e) {
            seen.clear();
        }
    }

    /** Returns the records of a topic with this key, in order. */
    public List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        return seen.getOrDefault(topic, new ConcurrentLinkedQueue<>()).stream()
                .filter(found -> key.equals(found.key()))
                .toList();
    }

    /** Returns the events of a topic with this key, in order. */
    public List<Event> events(Topic topic, String key) {
        return records(topic.topicName(), key).stream()
                .map(found -> EventCodec.decode(topic, found.value()))
                .toList();
    }

    /** Returns the events of a topic with this key and type, in order. */
    public <E extends Event> List<E> events(Topic topic, String key, Class<E> type) {
        return events(topic, key).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Returns another consumer of this group, which commits nothing of itself. */
    public KafkaConsumer<String, byte[]> memberOf(String group) {
        Map<String, Object> member = new HashMap<>(settings);
        member.put("group.id", group);
        member.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(member, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public void send(Topic topic, Event... events) {
        for (Event event : events) {
            send(topic, event, EventMetadata.of(event, "/test", Clock.systemUTC()));
        }
    }

    /** Sends an event; the same metadata twice are the same event twice. */
    public void send(Topic topic, Event event, EventMetadata metadata) {
        ProducerRecord<String, String> text = EventCodec.toRecord(topic, null, event, metadata);
        send(new ProducerRecord<>(text.topic(), null, text.key(), text.value().getBytes(UTF_8), text.headers()));
    }

    public void sendRaw(Topic topic, String key, String payload) {
        send(new ProducerRecord<>(topic.topicName(), key, payload.getBytes(UTF_8)));
    }

    private void send(ProducerRecord<String, byte[]> written) {
        try {
            producer.send(written).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(Arrays.toString(written.value()), e);
        }
    }
}
