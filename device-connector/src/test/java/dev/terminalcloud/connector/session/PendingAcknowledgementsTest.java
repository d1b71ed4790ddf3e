package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.session.PendingAcknowledgements.Pending;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.tracing.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PendingAcknowledgementsTest {
    private final PendingAcknowledgements pending = new PendingAcknowledgements(3);

    @Test
    void messagesAreAcknowledgedInTheOrderInWhichTheyCame() {
        Pending first = add(11);
        Pending second = add(12);
        Pending third = add(13);

        pending.complete(third);
        pending.complete(second);
        assertThat(takeAll()).isEmpty();
        pending.complete(first);
        assertThat(takeAll()).containsExactly(11, 12, 13);
    }

    @Test
    void oneMoreThanMayBeUnacknowledgedIsRefused() {
        Pending first = add(1);
        add(2);
        add(3);

        assertThat(pending.add(4, 0)).isEmpty();
        pending.complete(first);
        takeAll();
        assertThat(pending.add(4, 0)).isPresent();
    }

    @Test
    void oldestMessageDecidesWhetherOneIsOverdue() {
        assertThat(pending.overdue(Long.MAX_VALUE, 10)).isEmpty();
        add(1);

        assertThat(pending.overdue(10, 10)).isEmpty();
        assertThat(pending.overdue(11, 10)).isPresent();
    }

    @Test
    void overdueMessageNamesItsTransaction() {
        TransactionLog claim = TransactionLog.of(
                new TransactionClaimed("7000000001", UUID.randomUUID(), UUID.randomUUID()), TraceSpan.NONE);
        Pending first = add(1);
        add(2).isAbout(claim);

        assertThat(pending.overdue(11, 10)).contains(TransactionLog.NONE);
        pending.complete(first);
        takeAll();
        assertThat(pending.overdue(11, 10)).contains(claim);
    }

    private Pending add(int packetId) {
        return pending.add(packetId, 0).orElseThrow();
    }

    private List<Integer> takeAll() {
        List<Integer> taken = new ArrayList<>();
        for (Optional<Pending> next = pending.takeNext(); next.isPresent(); next = pending.takeNext()) {
            taken.add(next.get().packetId());
        }
        return taken;
    }
}
