package dev.terminalcloud.connector.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.connector.kafka.KafkaClients;
import dev.terminalcloud.connector.kafka.ProcessExit;
import dev.terminalcloud.connector.kafka.RecordLoop;
import dev.terminalcloud.connector.protocol.DeviceId;
import dev.terminalcloud.connector.rebalance.Rebalancer;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceState;
import dev.terminalcloud.events.DeviceRegistryEvent.RegistryPublished;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Fills the {@link DeviceRegistry} from {@code device-registry}: first to the current end of the topic, then continuously. It hands the
 * heartbeats of all connectors on as well, from the time of the call on: they are few, and a client of their own would cost more.
 */
@Singleton
public class RegistryReader {
    private static final Logger LOG = Logger.getLogger(RegistryReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final TopicPartition HEARTBEATS = new TopicPartition(Topic.CONNECTOR_EVENTS.topicName(), 0);

    private final KafkaClients clients;
    private final DeviceRegistry registry;
    private final Sessions sessions;
    private final Rebalancer rebalancer;
    private final ProcessExit exit;
    private final Counter malformed;
    private RecordLoop loop;
    private volatile long firstEpoch;
    private volatile boolean loaded;

    RegistryReader(
            KafkaClients clients,
            DeviceRegistry registry,
            Sessions sessions,
            Rebalancer rebalancer,
            ProcessExit exit,
            MeterRegistry meters) {
        this.clients = clients;
        this.registry = registry;
        this.sessions = sessions;
        this.rebalancer = rebalancer;
        this.exit = exit;
        this.malformed = meters.counter("connector.registry.records.malformed");
        meters.gauge("connector.registry.devices", registry, DeviceRegistry::size);
    }

    /**
     * Loads the registry. Returns when everything is known that was committed at the time of the call; later changes follow
     * on the reader's own thread.
     *
     * @throws IllegalStateException if the topic does not exist
     */
    public void start() {
        KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer("registry");
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.DEVICE_REGISTRY.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            consumer.close();
            throw new IllegalStateException("Topic does not exist: " + Topic.DEVICE_REGISTRY.topicName());
        }
        consumer.assign(
                Stream.concat(partitions.stream(), Stream.of(HEARTBEATS)).toList());
        consumer.seekToEnd(List.of(HEARTBEATS));
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            apply(consumer.poll(POLL));
        }
        loaded = true;
        LOG.infof("Device registry loaded: count=%d", registry.size());
        loop = RecordLoop.start("device-registry", consumer, this::apply, this::failed);
    }

    /** Returns what the epoch of a start mark begins from: 0 as long as Kafka has never lost its data. */
    public long firstEpoch() {
        return firstEpoch;
    }

    public void stop() {
        if (loop != null) {
            loop.close();
        }
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        records.forEach(polled -> {
            if (polled.topic().equals(HEARTBEATS.topic())) {
                applyHeartbeat(polled);
            } else {
                apply(polled);
            }
        });
    }

    /** Ignores what is malformed: the services warn of it. */
    private void applyHeartbeat(ConsumerRecord<byte[], byte[]> polled) {
        try {
            if (EventCodec.decode(Topic.CONNECTOR_EVENTS, polled.value()) instanceof ConnectorHeartbeat heartbeat) {
                rebalancer.received(heartbeat);
            }
        } catch (MalformedEventException e) {
            LOG.debug("Malformed heartbeat ignored", e);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> changed) {
        try {
            Event event = EventCodec.decode(Topic.DEVICE_REGISTRY, changed.value());
            if (event instanceof DeviceState versioned && DeviceId.isValid(versioned.deviceId())) {
                registry.apply(versioned).ifPresent(reason -> sessions.endSessionOf(versioned.deviceId(), reason));
            } else if (event instanceof RegistryPublished published) {
                apply(published);
            } else {
                block(changed);
            }
        } catch (MalformedEventException e) {
            block(changed);
        }
    }

    /** A connector that has started before has an epoch from which the services may conclude that it is outdated. */
    private void apply(RegistryPublished published) {
        boolean hasChanged = published.firstEpoch() != firstEpoch;
        firstEpoch = published.firstEpoch();
        if (hasChanged && loaded) {
            exit.terminate("The device registry was published again, since Kafka had lost its data");
        }
    }

    /**
     * Refuses the device of a malformed record, also if only a newer build knows its type: it is the device's newest state,
     * and may be a revocation. The record is not sent to the dead-letter topic: every connector reads the whole topic at
     * every start and would send it again.
     */
    private void block(ConsumerRecord<byte[], byte[]> changed) {
        malformed.increment();
        LOG.errorf(
                "Malformed registry record, device refused: partition=%d offset=%d",
                changed.partition(), changed.offset());
        if (changed.key() != null) {
            String deviceId = new String(changed.key(), UTF_8);
            registry.block(deviceId);
            sessions.endSessionOf(deviceId, CloseReason.REVOKED);
        }
    }

    private void failed(Throwable failure) {
        exit.terminate("Failed to read the device registry", failure);
    }
}
