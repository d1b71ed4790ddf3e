package dev.terminalcloud.pairing.deviceevents;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Consumer of {@code device-events}. A polled batch is done when its effects are committed. */
@ApplicationScoped
class DeviceEventConsumer {
    private final Inbox inbox;
    private final DeviceEventHandler signals;

    DeviceEventConsumer(Inbox inbox, DeviceEventHandler signals) {
        this.inbox = inbox;
        this.signals = signals;
    }

    @Incoming("device-events")
    Uni<Void> receive(KafkaRecordBatch<byte[], byte[]> polled) {
        return inbox.receive(DeviceEvent.class, polled, signals);
    }
}
