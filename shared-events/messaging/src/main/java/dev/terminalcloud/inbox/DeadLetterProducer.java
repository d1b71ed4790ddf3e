package dev.terminalcloud.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.Topic;
import dev.terminalcloud.servicestart.KafkaReplaced;
import dev.terminalcloud.startup.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Producer of dead letters: the original key, value and headers of a record that could not be applied, and headers with its
 * position, the service that could not apply it, and the reason.
 */
@ApplicationScoped
class DeadLetterProducer {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final String service;
    private KafkaProducer<byte[], byte[]> producer;

    DeadLetterProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.kafka = kafka;
        this.service = service;
    }

    /** Sends the record. Completes when Kafka has acknowledged it, on a thread of the Kafka client. */
    Uni<Void> send(Topic topic, ConsumerRecord<byte[], byte[]> poison, Throwable reason) {
        return send(letter(topic, poison, reason));
    }

    /** Sends the record. Completes when Kafka has acknowledged it, on a thread of the Kafka client. */
    Uni<Void> send(ProducerRecord<byte[], byte[]> letter) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    var unused = producer().send(letter, (metadata, failure) -> {
                        if (failure == null) {
                            emitter.complete(null);
                        } else {
                            emitter.fail(failure);
                        }
                    });
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private ProducerRecord<byte[], byte[]> letter(
            Topic topic, ConsumerRecord<byte[], byte[]> poison, Throwable reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic.deadLetterTopicName(), null, poison.key(), poison.value(), poison.headers());
        add(letter.headers(), "dead-letter-topic", poison.topic());
        add(letter.headers(), "dead-letter-partition", Integer.toString(poison.partition()));
        add(letter.headers(), "dead-letter-offset", Long.toString(poison.offset()));
        add(letter.headers(), DeadLetter.CONSUMER, service);
        add(
                letter.headers(),
                "dead-letter-exception-class-name",
                reason.getClass().getName());
        add(letter.headers(), "dead-letter-reason", String.valueOf(reason.getMessage()));
        return letter;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    KafkaSettings.durableProducer(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    synchronized void kafkaReplaced(@Observes KafkaReplaced event) {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}
