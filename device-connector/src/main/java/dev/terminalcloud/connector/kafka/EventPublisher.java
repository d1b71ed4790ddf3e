package dev.terminalcloud.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Writes to Kafka. Never blocks its caller: {@link KafkaProducer#send} can wait for metadata or memory, so the publisher
 * calls it on one thread of its own. Events that one thread publishes with the same key are written in that order.
 */
@Singleton
public class EventPublisher {
    private static final Logger LOG = Logger.getLogger(EventPublisher.class);
    private static final String SOURCE = "/device-connector";
    private static final int MAX_QUEUED = 8192;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Executor RETRY_EXECUTOR = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final KafkaClients clients;
    private final long timeoutNanos;
    private final Clock clock;
    private final Counter publishRetries;
    private final Tracing tracing;
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_QUEUED), EventPublisher::senderThread);

    /** Created with the first event, on the sender's thread: the brokers' names may not resolve before. */
    private volatile KafkaProducer<byte[], byte[]> producer;

    EventPublisher(
            KafkaClients clients,
            ConnectorConfiguration configuration,
            Clock clock,
            MeterRegistry meters,
            Tracing tracing) {
        this.clients = clients;
        this.timeoutNanos = configuration.limits().eventPublishTimeout().toNanos();
        this.clock = clock;
        this.tracing = tracing;
        this.publishRetries = meters.counter("connector.events.publish.retries");
        meters.gaugeCollectionSize("connector.events.queued", List.of(), sender.getQueue());
    }

    /**
     * Publishes the event. Completes when every in-sync replica has it, on a thread that the caller must not block; fails if
     * that took too long, in which case the event may or may not be stored, or if too many events are queued.
     */
    public CompletionStage<RecordMetadata> publish(Topic topic, Event event) {
        return send(toRecord(topic, null, event));
    }

    /**
     * Publishes the event as {@link #publish(Topic, Event)} does.
     *
     * @param traceparent the step of a trace that it follows from; null without one
     */
    public CompletionStage<RecordMetadata> publish(Topic topic, Event event, String traceparent) {
        TraceSpan step = tracing.send(topic.topicName(), traceparent);
        ProducerRecord<byte[], byte[]> producerRecord = toRecord(topic, null, event);
        Tracing.write(step.traceparent(), producerRecord.headers());
        CompletionStage<RecordMetadata> stored = send(producerRecord);
        if (step.isTraced()) {
            step.about(event).with(TraceAttribute.EVENT_TYPE, EventCodec.typeOf(event));
            var unused = stored.whenComplete((metadata, failure) -> step.end(failure));
        }
        return stored;
    }

    /** Publishes the event as {@link #publish(Topic, Event)} does, to one partition. */
    public CompletionStage<RecordMetadata> publish(Topic topic, Integer partition, Event event) {
        return send(toRecord(topic, partition, event));
    }

    private ProducerRecord<byte[], byte[]> toRecord(Topic topic, Integer partition, Event event) {
        ProducerRecord<String, String> text =
                EventCodec.toRecord(topic, partition, event, EventMetadata.of(event, SOURCE, clock));
        return new ProducerRecord<>(
                text.topic(),
                text.partition(),
                text.key().getBytes(UTF_8),
                text.value().getBytes(UTF_8),
                text.headers());
    }

    /** Publishes the event, retrying every second until it is stored: for facts that no device would report again. */
    public void publishWithRetry(DeviceEvent event) {
        publish(Topic.DEVICE_EVENTS, event).whenComplete((stored, failure) -> {
            if (failure != null && !sender.isShutdown()) {
                publishRetries.increment();
                RETRY_EXECUTOR.execute(() -> publishWithRetry(event));
            }
        });
    }

    /** Sends a malformed record to the dead-letter topic, unchanged. */
    public void publishDeadLetter(Topic topic, ConsumerRecord<byte[], byte[]> malformed) {
        send(new ProducerRecord<>(
                        topic.deadLetterTopicName(), null, malformed.key(), malformed.value(), malformed.headers()))
                .whenComplete((stored, failure) -> {
                    if (failure != null) {
                        LOG.errorf(failure, "Failed to write to dead-letter topic: topic=%s", topic.topicName());
                    }
                });
    }

    /** Waits, a few seconds at most, until everything published so far is stored. */
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Events left unpublished at shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        KafkaProducer<byte[], byte[]> made = producer;
        if (made != null) {
            made.close(CLOSE_TIMEOUT);
        }
    }

    private CompletionStage<RecordMetadata> send(ProducerRecord<byte[], byte[]> producerRecord) {
        CompletableFuture<RecordMetadata> stored = new CompletableFuture<>();
        long publishedNanos = System.nanoTime();
        try {
            sender.execute(() -> sendUnlessExpired(producerRecord, publishedNanos, stored));
        } catch (RejectedExecutionException e) {
            stored.completeExceptionally(e);
        }
        return stored;
    }

    /** Fails an event that is late: in an outage each call of the producer may wait for long, and one more is not worth it. */
    private void sendUnlessExpired(
            ProducerRecord<byte[], byte[]> producerRecord,
            long publishedNanos,
            CompletableFuture<RecordMetadata> stored) {
        if (System.nanoTime() - publishedNanos > timeoutNanos) {
            stored.completeExceptionally(new TimeoutException("Timed out before it was sent"));
        } else {
            send(producerRecord, stored);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the same result
    private void send(ProducerRecord<byte[], byte[]> producerRecord, CompletableFuture<RecordMetadata> stored) {
        try {
            producer().send(producerRecord, (metadata, failure) -> {
                if (failure == null) {
                    stored.complete(metadata);
                } else {
                    stored.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            stored.completeExceptionally(e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.newProducer();
        }
        return producer;
    }

    private static Thread senderThread(Runnable work) {
        Thread thread = new Thread(work, "event-publisher");
        thread.setDaemon(true);
        return thread;
    }
}
