package dev.terminalcloud.transaction.deviceevents;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Consumes {@code device-events}: polls that come together are one database transaction, and Kafka's offset is committed after it. */
@ApplicationScoped
class DeviceEventConsumer {
    private final Inbox inbox;
    private final DeviceEventHandler handler;

    DeviceEventConsumer(Inbox inbox, DeviceEventHandler handler) {
        this.inbox = inbox;
        this.handler = handler;
    }

    @Incoming("device-events")
    Uni<Void> receive(KafkaRecordBatch<byte[], byte[]> polled) {
        return inbox.receive(DeviceEvent.class, polled, handler);
    }
}
