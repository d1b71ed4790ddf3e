package dev.terminalcloud.connector.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long LATER = TIMEOUT.toNanos() + 1;

    private final Queue<Handler<Void>> waiting = new ArrayDeque<>();
    private final EventLoops loops = new EventLoops();

    @Test
    void loopIsBlockedWhileATaskWaitsThereForLongerThanTheTimeout() {
        loops.add(waiting::add);
        loops.add(task -> task.handle(null));

        assertThat(loops.countBlocked(TIMEOUT, 0)).isZero();
        assertThat(loops.countBlocked(TIMEOUT, LATER - 1)).isZero();
        assertThat(loops.countBlocked(TIMEOUT, LATER)).isEqualTo(1);
        assertThat(waiting).hasSize(1);

        waiting.remove().handle(null);

        assertThat(loops.countBlocked(TIMEOUT, LATER)).isZero();
    }

    @Test
    void loopIsNotBlockedAfterALongTimeWithoutAQuestion() {
        loops.add(task -> task.handle(null));

        assertThat(loops.countBlocked(TIMEOUT, 0)).isZero();
        assertThat(loops.countBlocked(TIMEOUT, 1000 * LATER)).isZero();
    }
}
