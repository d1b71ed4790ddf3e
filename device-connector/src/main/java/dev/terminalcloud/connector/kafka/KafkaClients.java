package dev.terminalcloud.connector.kafka;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.startup.EncryptionValidator;
import dev.terminalcloud.startup.KafkaSettings;
import dev.terminalcloud.startup.KafkaTopics;
import dev.terminalcloud.startup.Prerequisite;
import dev.terminalcloud.startup.UsedTopics;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Kafka clients: {@code kafka.*} configures the connection, {@link KafkaSettings} and this class the settings that correctness rests on. */
@Singleton
public class KafkaClients {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /** A record ends the wait at once; a reader at rest fetches this rarely. */
    private static final Duration MAX_FETCH_WAIT = Duration.ofSeconds(10);

    private final Map<String, Object> connection;
    private final boolean encryptionRequired;
    private final ConnectorConfiguration configuration;

    KafkaClients(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            @ConfigProperty(name = "encryption.kafka-required", defaultValue = "true") boolean encryptionRequired,
            ConnectorConfiguration configuration) {
        this.connection = connection;
        this.encryptionRequired = encryptionRequired;
        this.configuration = configuration;
    }

    /**
     * Checks that the connections are encrypted, unless {@code encryption.kafka-required} is false.
     *
     * @throws IllegalArgumentException if they would be plaintext
     */
    public void requireEncryption() {
        if (encryptionRequired) {
            EncryptionValidator.validateKafka(connection);
        }
    }

    /** Returns the prerequisite of startup: the brokers, and the topics that a connector reads and writes. */
    public Prerequisite topics() {
        return new KafkaTopics(
                connection,
                new UsedTopics(
                        Set.of(
                                Topic.DEVICE_REGISTRY,
                                Topic.DEVICE_COMMANDS,
                                Topic.DEVICE_EVENTS,
                                Topic.CONNECTOR_EVENTS),
                        Set.of(Topic.DEVICE_COMMANDS)));
    }

    /**
     * Creates an idempotent producer with acks=all and no linger: records of one partition keep their order, and one that
     * is not acknowledged within {@code connector.limits.event-publish-timeout} fails.
     */
    KafkaProducer<byte[], byte[]> newProducer() {
        Duration limit = configuration.limits().eventPublishTimeout();
        Duration request = limit.compareTo(REQUEST_TIMEOUT) < 0 ? limit : REQUEST_TIMEOUT;
        Map<String, Object> settings = KafkaSettings.durableProducer(connection);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId("events"));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) request.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) limit.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limit.toMillis());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Creates a consumer that sees committed records only, belongs to no group and never chooses a position by itself: where
     * the log has no such position, {@code poll} throws.
     *
     * @param purpose names the client to the broker
     */
    public KafkaConsumer<byte[], byte[]> newConsumer(String purpose) {
        Map<String, Object> settings = KafkaSettings.readerWithoutGroup(connection);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId(purpose));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) MAX_FETCH_WAIT.toMillis());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String clientId(String purpose) {
        return "connector-%d-%s".formatted(configuration.index(), purpose);
    }
}
