package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MinuteLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MinuteLimit limit = new MinuteLimit(2);

    @Test
    void countsAreOfTheMinuteBefore() {
        assertThat(limit.tryAcquire(0)).isTrue();
        assertThat(limit.tryAcquire(50 * SECOND)).isTrue();
        assertThat(limit.tryAcquire(59 * SECOND)).isFalse();
        assertThat(limit.tryAcquire(60 * SECOND)).isTrue();
        assertThat(limit.tryAcquire(61 * SECOND)).isFalse();
        assertThat(limit.tryAcquire(110 * SECOND)).isTrue();
    }

    @Test
    void clockMayOverflow() {
        assertThat(limit.tryAcquire(Long.MAX_VALUE)).isTrue();
        assertThat(limit.tryAcquire(Long.MIN_VALUE)).isTrue();
        assertThat(limit.tryAcquire(Long.MIN_VALUE + SECOND)).isFalse();
    }
}
