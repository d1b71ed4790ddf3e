package dev.terminalcloud.retention;

import static dev.terminalcloud.retention.BatchedCleanup.BATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchedCleanupTest {
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final BatchedCleanup cleanup = new BatchedCleanup(metrics);

    @Test
    void batchesAreRepeatedUntilOneIsNotFull() {
        assertThat(remainingAfter(0, BATCH_SIZE)).containsExactly(BATCH_SIZE);
        assertThat(remainingAfter(BATCH_SIZE, BATCH_SIZE, 7, 1)).containsExactly(1);
        assertThat(metrics.get("retention.rows.removed")
                        .tag("data", "audit_entry")
                        .counter()
                        .count())
                .isEqualTo(2 * BATCH_SIZE + 7);
    }

    @Test
    void failureOfABatchEndsTheRun() {
        Deque<Uni<Integer>> batches = new ArrayDeque<>(List.of(
                Uni.createFrom().item(BATCH_SIZE),
                Uni.createFrom().failure(new IllegalStateException("broken")),
                Uni.createFrom().item(1)));

        assertThatThrownBy(() -> cleanup.run(ExpiredData.AUDIT_ENTRY, batches::remove)
                        .await()
                        .indefinitely())
                .hasMessage("broken");
        assertThat(batches).hasSize(1);
    }

    @Test
    void retentionHasAMinimum() {
        Duration minimum = Duration.ofDays(90);

        assertThatCode(() -> BatchedCleanup.checked("some.key", minimum, minimum))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> BatchedCleanup.checked("some.key", minimum.minusSeconds(1), minimum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("some.key must be at least 90 days, was PT2159H59M59S");
    }

    private Deque<Integer> remainingAfter(Integer... rows) {
        Deque<Integer> batches = new ArrayDeque<>(List.of(rows));
        cleanup.run(ExpiredData.AUDIT_ENTRY, () -> Uni.createFrom().item(batches.remove()))
                .await()
                .indefinitely();
        return batches;
    }
}
