package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** Its origin is arbitrary: this one is near the overflow. */
    private static final long LEARNED = Long.MAX_VALUE - 1_000;

    private final DatabaseTime time = new DatabaseTime(NOON, LEARNED);

    @Test
    void durationGoesOnByTheMonotonicClockAcrossOverflow() {
        Duration later = Duration.ofSeconds(5);

        assertThat(time.since(NOON.minusSeconds(60), LEARNED + later.toNanos())).isEqualTo(Duration.ofSeconds(65));
    }

    @Test
    void durationIsNeverNegative() {
        assertThat(time.since(NOON.plusSeconds(1), LEARNED)).isZero();
    }

    @Test
    void timeBeforeTheAnswerCountsTheWaitForIt() {
        DatabaseTime earlier = time.at(NOON.minusSeconds(2));

        assertThat(earlier.time()).isEqualTo(NOON.minusSeconds(2));
        assertThat(earlier.since(
                        NOON.minusSeconds(60), LEARNED + Duration.ofSeconds(5).toNanos()))
                .isEqualTo(Duration.ofSeconds(65));
    }
}
