package dev.terminalcloud.connector.fake;

import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Real outage of one topic: the broker rejects records of any size. */
final class DeviceEventsOutage {
    private static final Topic TOPIC = Topic.DEVICE_EVENTS;

    private DeviceEventsOutage() {}

    /** Begins or ends the outage; returns when the broker behaves so. */
    static void set(String bootstrapServers, boolean outage) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC.topicName());
        AlterConfigOp change = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", "1"),
                outage ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
                KafkaProducer<String, String> producer = withoutRetries(bootstrapServers)) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
            for (int partition = 0; partition < TOPIC.partitions(); partition++) {
                int probed = partition;
                Awaitility.await().until(() -> isRefused(producer, probed) == outage);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRefused(KafkaProducer<String, String> producer, int partition)
            throws InterruptedException {
        PairingCodeRequested probe = new PairingCodeRequested(FakeCloud.newDeviceId(), UUID.randomUUID());
        try {
            producer.send(EventCodec.toRecord(
                            TOPIC, partition, probe, EventMetadata.of(probe, "/test", Clock.systemUTC())))
                    .get();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return true;
            }
            throw new IllegalStateException(e);
        }
    }

    private static KafkaProducer<String, String> withoutRetries(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", false, "retries", 0),
                new StringSerializer(),
                new StringSerializer());
    }
}
