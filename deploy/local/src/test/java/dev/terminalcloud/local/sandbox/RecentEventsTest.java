package dev.terminalcloud.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.sandbox.RecentEvents.Numbered;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents events = new RecentEvents();
    private final List<Long> received = new ArrayList<>();

    @Test
    void lateListenerGetsStoredThenNewEvents() {
        add(2);

        events.listen(0, this::receive);
        add(1);

        assertThat(received).containsExactly(1L, 2L, 3L);
    }

    @Test
    void returningListenerGetsMissedEvents() {
        add(3);

        events.listen(2, this::receive);

        assertThat(received).containsExactly(3L);
    }

    @Test
    void numberOfAnEarlierStartReplaysEverything() {
        add(2);

        events.listen(70, this::receive);

        assertThat(received).containsExactly(1L, 2L);
    }

    @Test
    void oldestEventsAreDropped() {
        add(RecentEvents.MAX_EVENTS + 1);

        events.listen(0, this::receive);

        assertThat(received).hasSize(RecentEvents.MAX_EVENTS).startsWith(2L);
    }

    @Test
    void removedListenerGetsNothing() {
        Consumer<Numbered> listener = this::receive;
        events.listen(0, listener);
        events.remove(listener);
        add(1);

        assertThat(received).isEmpty();
    }

    private void receive(Numbered numbered) {
        received.add(numbered.number());
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            events.add(new FeedEvent("device-events", "device.ponged.v1", "7", Instant.EPOCH, new JsonObject()));
        }
    }
}
