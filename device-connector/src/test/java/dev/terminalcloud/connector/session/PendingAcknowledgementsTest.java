package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.session.PendingAcknowledgements.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        assertThat(pending.isOverdue(Long.MAX_VALUE, 10)).isFalse();
        add(1);

        assertThat(pending.isOverdue(10, 10)).isFalse();
        assertThat(pending.isOverdue(11, 10)).isTrue();
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
