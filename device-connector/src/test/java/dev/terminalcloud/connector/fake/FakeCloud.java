package dev.terminalcloud.connector.fake;

import dev.terminalcloud.events.DeviceCommand;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceRegistryEvent;
import dev.terminalcloud.events.DeviceSecretHash;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The services' side of Kafka: registers devices, sends them commands, receives their events. Not thread-safe. */
public final class FakeCloud implements AutoCloseable {
    public static final String SECRET = "a secret of 256 random bits";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Event> receivedEvents = new ArrayList<>();

    /** Receives the events from now on. */
    public FakeCloud(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false, "fetch.max.wait.ms", 50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : List.of(Topic.DEVICE_EVENTS, Topic.CONNECTOR_EVENTS)) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.topicName(), partition));
            }
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Returns a device id that no other test has. */
    public static String newDeviceId() {
        return Long.toString(ThreadLocalRandom.current().nextLong(10_000_000_000_000L, 100_000_000_000_000L));
    }

    public void register(String deviceId, long version, String secret) {
        send(
                Topic.DEVICE_REGISTRY,
                null,
                new DeviceRegistryEvent.DeviceRegistered(deviceId, version, DeviceSecretHash.of(secret)));
    }

    public void revoke(String deviceId, long version) {
        send(Topic.DEVICE_REGISTRY, null, new DeviceRegistryEvent.DeviceRevoked(deviceId, version));
    }

    /** Tells the connectors that the registry was published again, as pairing-service does when Kafka has lost its data. */
    public void publishRegistry(long firstEpoch) {
        send(Topic.DEVICE_REGISTRY, null, new DeviceRegistryEvent.RegistryPublished(1, firstEpoch));
    }

    /** Sends the command to the connector with that index; returns its offset. */
    public long command(int connectorIndex, DeviceCommand command) {
        return send(Topic.DEVICE_COMMANDS, connectorIndex, command);
    }

    /** Sends the device more at once than a connection buffers while the device does not read. */
    public void overwhelm(String deviceId, UUID session) {
        for (int i = 0; i < 16; i++) {
            command(0, new PingDevice(deviceId, session, "n".repeat(250_000)));
        }
    }

    /** Sends an arbitrary payload. */
    public void sendRaw(Topic topic, Integer partition, String key, String payload) {
        stored(new ProducerRecord<>(topic.topicName(), partition, key, payload));
    }

    /** Waits for the first event of that type from the device's sessions since this cloud was opened. */
    public <E extends DeviceEvent.SessionEvent> E await(Class<E> type, String deviceId) {
        return await(type, deviceId, 1).get(0);
    }

    /** Waits for that many events of that type. */
    public <E extends DeviceEvent.SessionEvent> List<E> await(Class<E> type, String deviceId, int count) {
        return Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> eventsOf(type, deviceId), events -> events.size() >= count);
    }

    /** Returns the events of that type that were published so far. */
    public <E extends DeviceEvent.SessionEvent> List<E> eventsOf(Class<E> type, String deviceId) {
        return receivedEvents().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(event -> event.deviceId().equals(deviceId))
                .toList();
    }

    /** Returns everything that connectors published so far. */
    public List<Event> receivedEvents() {
        consumer.poll(Duration.ofMillis(50))
                .forEach(published ->
                        receivedEvents.add(EventCodec.decode(topic(published.topic()), published.value())));
        return List.copyOf(receivedEvents);
    }

    /** Makes Kafka refuse the events of devices from now on, or store them again. */
    public void letKafkaStoreDeviceEvents(boolean possible) {
        DeviceEventsOutage.set(bootstrapServers, !possible);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    private long send(Topic topic, Integer partition, Event event) {
        return stored(
                EventCodec.toRecord(topic, partition, event, EventMetadata.of(event, "/test", Clock.systemUTC())));
    }

    private long stored(ProducerRecord<String, String> producerRecord) {
        try {
            return producer.send(producerRecord).get().offset();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Topic topic(String topicName) {
        return topicName.equals(Topic.DEVICE_EVENTS.topicName()) ? Topic.DEVICE_EVENTS : Topic.CONNECTOR_EVENTS;
    }
}
