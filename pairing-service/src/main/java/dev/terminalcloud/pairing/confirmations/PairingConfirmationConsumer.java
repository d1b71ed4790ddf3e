package dev.terminalcloud.pairing.confirmations;

import dev.terminalcloud.events.PairingConfirmation;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.inbox.Inbox;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.pairing.registers.PairingConfirmations;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Consumes {@code pairing-confirmations}: records them for waiting requests, and notifies devices that are unpaired. */
@ApplicationScoped
class PairingConfirmationConsumer {
    private final Inbox inbox;
    private final DeviceRoutes routes;
    private final PairingConfirmations confirmations;
    private final DevicePairing pairing;

    PairingConfirmationConsumer(
            Inbox inbox, DeviceRoutes routes, PairingConfirmations confirmations, DevicePairing pairing) {
        this.inbox = inbox;
        this.routes = routes;
        this.confirmations = confirmations;
        this.pairing = pairing;
    }

    @Incoming("pairing-confirmations")
    Uni<Void> receive(ConsumerRecords<byte[], byte[]> records) {
        return inbox.receive(PairingConfirmation.class, records, this::apply);
    }

    private Uni<Void> apply(WriteTransaction transaction, List<ReceivedEvent<PairingConfirmation>> received) {
        List<PairingConfirmed> confirmed = received.stream()
                .map(ReceivedEvent::event)
                .map(PairingConfirmed.class::cast)
                .toList();
        List<String> devices =
                confirmed.stream().map(PairingConfirmed::deviceId).toList();
        return routes.lockAll(transaction.session(), devices).chain(current -> confirmations
                .record(transaction.session(), confirmed)
                .chain(() -> pairing.notifyUnpaired(transaction, confirmed, current)));
    }
}
