package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingEvent;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.inbox.Inbox;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Consumes {@code pairing-events} to keep the copy of the pairings up to date, and confirms the applied events in the same
 * database transaction.
 */
@ApplicationScoped
class PairingEventConsumer {
    private final Inbox inbox;
    private final PairingTable pairings;

    PairingEventConsumer(Inbox inbox, PairingTable pairings) {
        this.inbox = inbox;
        this.pairings = pairings;
    }

    @Incoming("pairing-events")
    Uni<Void> receive(KafkaRecordBatch<byte[], byte[]> polled) {
        return inbox.receive(PairingEvent.class, polled, this::apply);
    }

    /** Applies and confirms the events. A late or repeated one is confirmed too: starts go by it, or by a newer one. */
    private Uni<Void> apply(WriteTransaction write, List<ReceivedEvent<PairingEvent>> received) {
        List<RegisterState> states = received.stream()
                .map(ReceivedEvent::event)
                .map(RegisterState.class::cast)
                .toList();
        return pairings.apply(write.session(), states).invoke(() -> states.forEach(state -> confirm(write, state)));
    }

    private static void confirm(WriteTransaction write, RegisterState state) {
        write.continueTrace(state);
        write.append(Topic.PAIRING_CONFIRMATIONS, PairingConfirmed.of(state));
    }
}
