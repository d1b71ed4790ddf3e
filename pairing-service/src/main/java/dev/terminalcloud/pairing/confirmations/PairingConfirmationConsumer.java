package dev.terminalcloud.pairing.confirmations;

import dev.terminalcloud.events.PairingConfirmation;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingConfirmation.RegisterUnpairRequested;
import dev.terminalcloud.inbox.Inbox;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.history.PairingEnd;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.pairing.registers.PairingConfirmations;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Consumes {@code pairing-confirmations}: records them for waiting requests, and notifies devices that are unpaired; ends the
 * pairings of registers that ask for it.
 */
@ApplicationScoped
class PairingConfirmationConsumer {
    private final Inbox inbox;
    private final DeviceRoutes routes;
    private final PairingConfirmations confirmations;
    private final DevicePairing pairing;
    private final PairingMetrics metrics;

    PairingConfirmationConsumer(
            Inbox inbox,
            DeviceRoutes routes,
            PairingConfirmations confirmations,
            DevicePairing pairing,
            PairingMetrics metrics) {
        this.inbox = inbox;
        this.routes = routes;
        this.confirmations = confirmations;
        this.pairing = pairing;
        this.metrics = metrics;
    }

    @Incoming("pairing-confirmations")
    Uni<Void> receive(KafkaRecordBatch<byte[], byte[]> polled) {
        return inbox.receive(PairingConfirmation.class, polled, this::apply);
    }

    private Uni<Void> apply(WriteTransaction transaction, List<ReceivedEvent<PairingConfirmation>> received) {
        List<PairingConfirmation> events =
                received.stream().map(ReceivedEvent::event).toList();
        List<PairingConfirmed> confirmed = Rounds.ofType(PairingConfirmed.class, events);
        List<RegisterUnpairRequested> requested = Rounds.ofType(RegisterUnpairRequested.class, events);
        List<String> devices = Stream.concat(
                        confirmed.stream().map(PairingConfirmed::deviceId),
                        requested.stream().map(RegisterUnpairRequested::deviceId))
                .toList();
        return routes.lockAll(transaction.session(), devices).chain(current -> confirmations
                .record(transaction.session(), confirmed)
                .chain(() -> pairing.notifyUnpaired(transaction, confirmed, current))
                .chain(() -> Rounds.sequentially(requested, request -> unpair(transaction, request))));
    }

    private Uni<Void> unpair(WriteTransaction transaction, RegisterUnpairRequested request) {
        return transaction
                .session()
                .find(Device.class, request.deviceId())
                .chain(device ->
                        pairing.unpair(transaction, device, request.pairingNumber(), PairingEnd.UNPAIRED_BY_REGISTER))
                .invoke(ended -> metrics.increment(
                        ended.isPresent() ? PairingOutcome.UNPAIRED_BY_REGISTER : PairingOutcome.STALE_UNPAIR_REQUEST))
                .replaceWithVoid();
    }
}
