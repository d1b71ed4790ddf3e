package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.tracing.TraceSpan;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

        assertThat(window.add(Buffer.buffer("d"), TraceSpan.NONE)).isFalse();
        sendAll(0);
        assertThat(window.add(Buffer.buffer("d"), TraceSpan.NONE)).isTrue();
    }

    @Test
    void oldestUnacknowledgedCommandDecidesWhetherOneIsOverdue() {
        add("a", "b");
        int first = window.takeNext(0).orElseThrow().packetId();
        assertThat(window.takeNext(5)).isPresent();

        assertThat(window.isOverdue(LIMIT, LIMIT)).isFalse();
        assertThat(window.isOverdue(LIMIT + 1, LIMIT)).isTrue();
        window.acknowledge(first);
        assertThat(window.isOverdue(LIMIT + 1, LIMIT)).isFalse();
        assertThat(window.isOverdue(LIMIT + 6, LIMIT)).isTrue();
    }

    @Test
    void waitingAloneIsNeverOverdue() {
        add("a");

        assertThat(window.isOverdue(Long.MAX_VALUE, LIMIT)).isFalse();
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
            assertThat(window.add(Buffer.buffer(payload), TraceSpan.NONE)).isTrue();
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
