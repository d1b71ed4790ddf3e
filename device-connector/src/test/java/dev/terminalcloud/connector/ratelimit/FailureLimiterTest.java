package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureLimiterTest {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FailureLimiter<String> three = new FailureLimiter<>(3, PAUSE);

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE, -7})
    void limitIsReachedAtAnyClockOrigin(long now) {
        fail(now, 2);
        assertThat(three.isExhausted("key", now)).isFalse();

        fail(now, 1);
        assertThat(three.isExhausted("key", now)).isTrue();
    }

    @Test
    void oneMoreIsAllowedAfterEachPause() {
        fail(0, 3);

        assertThat(three.isExhausted("key", 10 * SECOND - 1)).isTrue();
        assertThat(three.isExhausted("key", 10 * SECOND)).isFalse();
        fail(10 * SECOND, 1);
        assertThat(three.isExhausted("key", 20 * SECOND - 1)).isTrue();
        assertThat(three.isExhausted("key", 20 * SECOND)).isFalse();
    }

    @Test
    void refillStopsAtTheMaximum() {
        fail(0, 1);
        fail(1_000 * SECOND, 3);

        assertThat(three.isExhausted("key", 1_000 * SECOND)).isTrue();
    }

    @Test
    void eachKeyHasItsOwn() {
        fail(0, 3);

        assertThat(three.isExhausted("other", 0)).isFalse();
    }

    @Test
    void oneFailureCanBeAllThatIsAllowed() {
        FailureLimiter<String> one = new FailureLimiter<>(1, PAUSE);
        assertThat(one.isExhausted("key", 0)).isFalse();

        one.recordFailure("key", 0);

        assertThat(one.isExhausted("key", 10 * SECOND - 1)).isTrue();
        assertThat(one.isExhausted("key", 10 * SECOND)).isFalse();
    }

    private void fail(long now, int times) {
        for (int i = 0; i < times; i++) {
            three.recordFailure("key", now);
        }
    }
}
