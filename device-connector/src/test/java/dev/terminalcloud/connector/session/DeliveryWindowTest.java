package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.tracing.TraceSpan;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryWindowTest {
    private static final long LIMIT = 10;

    private final DeliveryWindow window = new DeliveryWindow(2, 3);

    @Test
    void commandsAreSentInOrderUntilTheWindowIsFull() {
        add("a", "b", "c");

        assertThat(sendAll(0)).containsExactly("a", "b");
    }

    @Test
    void eachAcknowledgementLetsTheNextOneGo() {
        add("a", "b", "c");
        int first = window.takeNext(0).orElseThrow().packetId();
        sendAll(0);

        assertThat(window.acknowledge(first)).hasValue(0);
        assertThat(sendAll(1)).containsExactly("c");
    }

    @Test
    void acknowledgementOfNothingChangesNothing() {
        add("a", "b", "c");
        sendAll(0);

        assertThat(window.acknowledge(77)).isEmpty();
        assertThat(sendAll(0)).isEmpty();
    }

    @Test
    void oneMoreThanMayWaitIsRefused() {
        add("a", "b", "c");

        assertThat(window.add(Buffer.buffer("d"), TransactionLog.NONE)).isFalse();
        sendAll(0);
        assertThat(window.add(Buffer.buffer("d"), TransactionLog.NONE)).isTrue();
    }

    @Test
    void oldestUnacknowledgedCommandDecidesWhetherOneIsOverdue() {
        add("a", "b");
        int first = window.takeNext(0).orElseThrow().packetId();
        assertThat(window.takeNext(5)).isPresent();

        assertThat(window.overdue(LIMIT, LIMIT)).isEmpty();
        assertThat(window.overdue(LIMIT + 1, LIMIT)).isPresent();
        window.acknowledge(first);
        assertThat(window.overdue(LIMIT + 1, LIMIT)).isEmpty();
        assertThat(window.overdue(LIMIT + 6, LIMIT)).isPresent();
    }

    @Test
    void overdueCommandNamesItsTransaction() {
        TransactionLog grant =
                TransactionLog.of(new GrantStart("7000000001", UUID.randomUUID(), UUID.randomUUID()), TraceSpan.NONE);
        add("a");
        int first = window.takeNext(0).orElseThrow().packetId();
        window.add(Buffer.buffer("b"), grant);
        sendAll(0);

        assertThat(window.overdue(LIMIT + 1, LIMIT)).contains(TransactionLog.NONE);
        window.acknowledge(first);
        assertThat(window.overdue(LIMIT + 1, LIMIT)).contains(grant);
    }

    @Test
    void waitingAloneIsNeverOverdue() {
        add("a");

        assertThat(window.overdue(Long.MAX_VALUE, LIMIT)).isEmpty();
    }

    @Test
    void packetIdIsNeverZeroAndNeverOneThatIsInUse() {
        add("kept");
        int kept = window.takeNext(0).orElseThrow().packetId();
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 70_000; i++) {
            add("x");
            int packetId = window.takeNext(0).orElseThrow().packetId();
            used.add(packetId);
            window.acknowledge(packetId);
        }

        assertThat(used).hasSize(65_534).doesNotContain(0, kept, 65_536);
    }

    private void add(String... payloads) {
        for (String payload : payloads) {
            assertThat(window.add(Buffer.buffer(payload), TransactionLog.NONE)).isTrue();
        }
    }

    private List<String> sendAll(long now) {
        List<String> sent = new ArrayList<>();
        for (Optional<DeliveryWindow.Delivery> next = window.takeNext(now);
                next.isPresent();
                next = window.takeNext(now)) {
            sent.add(next.get().payload().toString());
        }
        return sent;
    }
}
