package dev.terminalcloud.routes;

import dev.terminalcloud.events.ConnectorEvent.LivenessEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.servicestart.KafkaReplaced;
import dev.terminalcloud.servicestart.ServiceStarted;
import dev.terminalcloud.startup.KafkaSettings;
import dev.terminalcloud.startup.TopicIds;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Monitor of the connectors' heartbeats: it suspends the sessions of a connector whose heartbeat timed out, restores them
 * with the next heartbeat, and ends the sessions of previous starts when a connector restarts. It fires {@link KafkaReplaced} when the
 * topic has another id: Kafka has lost the one before.
 *
 * <p>Every replica reads the whole topic, without a consumer group, on a dedicated thread, and commits no offsets.
 */
@ApplicationScoped
class ConnectorMonitor {
    private static final Logger LOG = Logger.getLogger(ConnectorMonitor.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topic.CONNECTOR_EVENTS.topicName(), 0);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** While no connector can time out; a heartbeat ends the poll at once. */
    private static final Duration QUIET_POLL = Duration.ofSeconds(5);

    /** A heartbeat ends the wait at once. */
    private static final Duration MAX_FETCH_WAIT = Duration.ofSeconds(2);

    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);

    private final ConnectorFailureDetector failureDetector = new ConnectorFailureDetector();
    private final Map<Integer, LivenessEvent> unpersisted = new HashMap<>();
    private final Map<String, Object> kafka;
    private final ConnectorTable table;
    private final DeviceSessionTable sessions;
    private final Event<KafkaReplaced> kafkaReplaced;
    private String topicId;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean stopping;
    private volatile boolean failed;

    ConnectorMonitor(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ConnectorTable table,
            DeviceSessionTable sessions,
            Event<KafkaReplaced> kafkaReplaced) {
        this.kafka = kafka;
        this.table = table;
        this.sessions = sessions;
        this.kafkaReplaced = kafkaReplaced;
    }

    void start(@Observes ServiceStarted event) {
        Thread thread = new Thread(this::run, "connector-monitor");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            failed = true;
            LOG.error("Connector monitor failed, the liveness check asks for a restart", failure);
        });
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Returns whether its thread has ended with a failure that it does not retry. */
    boolean hasFailed() {
        return failed;
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> opened =
                        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                TopicIds ids = TopicIds.open(kafka, KAFKA_TIMEOUT)) {
            consumer = opened;
            opened.assign(List.of(PARTITION));
            opened.seekToBeginning(List.of(PARTITION));
            while (!stopping) {
                poll(opened, ids);
            }
        } catch (WakeupException e) {
            LOG.debug("Connector monitor stopped");
        }
    }

    private void poll(KafkaConsumer<byte[], byte[]> opened, TopicIds ids) {
        try {
            opened.poll(isQuiet() ? QUIET_POLL : POLL).forEach(this::handle);
            persist(this::persistAlive);
            checkCaughtUp(opened);
            checkNothingLost(ids);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            failureDetector.markLagging();
            LOG.warnf("Failed to read connector-events, retrying: reason=%s", e);
        }
        persist(this::persistTimeouts);
    }

    private boolean isQuiet() {
        return unpersisted.isEmpty() && failureDetector.isQuietFor(QUIET_POLL, System.nanoTime());
    }

    private void handle(ConsumerRecord<byte[], byte[]> polled) {
        try {
            if (EventCodec.decode(Topic.CONNECTOR_EVENTS, polled.value()) instanceof LivenessEvent event
                    && failureDetector.recordHeartbeat(event, System.nanoTime())) {
                unpersisted.put(event.connectorIndex(), event);
            }
        } catch (MalformedEventException e) {
            LOG.errorf("Malformed record in connector-events: offset=%d reason=%s", polled.offset(), e);
        }
    }

    /** Compares with the end of the topic; the broker answers after the fetch that is in progress, so within {@link #MAX_FETCH_WAIT}. */
    private void checkCaughtUp(KafkaConsumer<byte[], byte[]> opened) {
        long end = opened.endOffsets(List.of(PARTITION), KAFKA_TIMEOUT).get(PARTITION);
        if (opened.position(PARTITION, KAFKA_TIMEOUT) >= end) {
            failureDetector.markCaughtUp(System.nanoTime());
        } else {
            failureDetector.markLagging();
        }
    }

    /** The length of the topic would not tell: a new one may have grown beyond the lost one. */
    private void checkNothingLost(TopicIds ids) {
        String current = ids.read(List.of(Topic.CONNECTOR_EVENTS));
        boolean hasLost = topicId != null && !topicId.equals(current);
        topicId = current;
        if (hasLost) {
            LOG.warn("Kafka has lost its data, connector-events is another topic");
            kafkaReplaced.fire(new KafkaReplaced());
        }
    }

    /** Stores heartbeats, those again that could not be stored before. */
    private void persistAlive() {
        for (LivenessEvent event : List.copyOf(unpersisted.values())) {
            await(sessions.endOfPreviousEpochs(event.connectorIndex(), event.epoch()));
            if (await(table.recordAlive(event.connectorIndex(), event.epoch()))) {
                LOG.infof("Connector is alive: connectorIndex=%d epoch=%d", event.connectorIndex(), event.epoch());
            }
            unpersisted.remove(event.connectorIndex());
        }
    }

    private void persistTimeouts() {
        for (ConnectorFailureDetector.ConnectorInstance timedOut : failureDetector.timedOut(System.nanoTime())) {
            if (await(table.suspend(timedOut.index(), timedOut.epoch()))) {
                LOG.warnf("Connector heartbeat timed out, sessions suspended: connectorIndex=%d", timedOut.index());
            }
        }
    }

    private static void persist(Runnable write) {
        try {
            write.run();
        } catch (DatabaseUnavailableException | TimeoutException e) {
            LOG.warnf("Failed to store connector heartbeats, retrying: reason=%s", e);
        }
    }

    private static <T> T await(Uni<T> statement) {
        return statement
                .onFailure()
                .transform(DatabaseUnavailableException::new)
                .await()
                .atMost(DATABASE_TIMEOUT);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = KafkaSettings.readerWithoutGroup(kafka);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) MAX_FETCH_WAIT.toMillis());
        return settings;
    }

    private static final class DatabaseUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseUnavailableException(Throwable cause) {
            super(cause);
        }
    }
}
