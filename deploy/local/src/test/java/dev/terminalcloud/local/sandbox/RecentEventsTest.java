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
    private final List<Long> heard = new ArrayList<>();

    @Test
    void whoComesLateIsToldWhatIsKeptAndThenWhatComes() {
        add(2);

        events.listen(0, this::hear);
        add(1);

        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoComesBackIsToldOnlyWhatItMissed() {
        add(3);

        events.listen(2, this::hear);

        assertThat(heard).containsExactly(3L);
    }

    @Test
    void aNumberOfAnEarlierStartIsToldEverything() {
        add(2);

        events.listen(70, this::hear);

        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void theOldestAreForgotten() {
        add(RecentEvents.MAX_EVENTS + 1);

        events.listen(0, this::hear);

        assertThat(heard).hasSize(RecentEvents.MAX_EVENTS).startsWith(2L);
    }

    @Test
    void whoIsForgottenIsToldNothing() {
        Consumer<Numbered> listener = this::hear;
        events.listen(0, listener);
        events.remove(listener);
        add(1);

        assertThat(heard).isEmpty();
    }

    private void hear(Numbered numbered) {
        heard.add(numbered.number());
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            events.add(new FeedEvent("device-events", "device.ponged.v1", "7", Instant.EPOCH, new JsonObject()));
        }
    }
}
