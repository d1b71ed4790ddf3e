package dev.terminalcloud.transaction.deviceevents;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Receives what devices say: each poll is one database transaction, and Kafka's offset is committed after it. */
@ApplicationScoped
class DeviceEventConsumer {
    private final Inbox inbox;
    private final DeviceEventHandler hearing;

    DeviceEventConsumer(Inbox inbox, DeviceEventHandler hearing) {
        this.inbox = inbox;
        this.hearing = hearing;
    }

    @Incoming("device-events")
    Uni<Void> receive(ConsumerRecords<byte[], byte[]> records) {
        return inbox.receive(DeviceEvent.class, records, hearing);
    }
}
