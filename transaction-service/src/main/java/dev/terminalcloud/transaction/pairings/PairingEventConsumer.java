package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.events.PairingEvent;
import dev.terminalcloud.inbox.Inbox;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Consumes {@code pairing-events} to keep the copy of the pairings up to date. */
@ApplicationScoped
class PairingEventConsumer {
    private final Inbox inbox;
    private final PairingTable pairings;

    PairingEventConsumer(Inbox inbox, PairingTable pairings) {
        this.inbox = inbox;
        this.pairings = pairings;
    }

    @Incoming("pairing-events")
    Uni<Void> receive(ConsumerRecords<byte[], byte[]> records) {
        return inbox.receive(PairingEvent.class, records, this::apply);
    }

    private Uni<Void> apply(WriteTransaction write, List<ReceivedEvent<PairingEvent>> received) {
        return Multi.createFrom()
                .iterable(received)
                .onItem()
                .transformToUniAndConcatenate(
                        one -> pairings.apply(write.session(), (PairingEvent.RegisterState) one.event()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
