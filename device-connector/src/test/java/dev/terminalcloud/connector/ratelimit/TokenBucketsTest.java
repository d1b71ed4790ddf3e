package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketsTest {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TokenBuckets<String> three = new TokenBuckets<>(3, PAUSE);

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE, -7})
    void limitIsReachedAtAnyClockOrigin(long now) {
        take(now, 2);
        assertThat(three.isEmpty("key", now)).isFalse();

        take(now, 1);
        assertThat(three.isEmpty("key", now)).isTrue();
    }

    @Test
    void oneMoreIsAllowedAfterEachPause() {
        take(0, 3);

        assertThat(three.isEmpty("key", 10 * SECOND - 1)).isTrue();
        assertThat(three.isEmpty("key", 10 * SECOND)).isFalse();
        take(10 * SECOND, 1);
        assertThat(three.isEmpty("key", 20 * SECOND - 1)).isTrue();
        assertThat(three.isEmpty("key", 20 * SECOND)).isFalse();
    }

    @Test
    void refillStopsAtTheMaximum() {
        take(0, 1);
        take(1_000 * SECOND, 3);

        assertThat(three.isEmpty("key", 1_000 * SECOND)).isTrue();
    }

    @Test
    void eachKeyHasItsOwn() {
        take(0, 3);

        assertThat(three.isEmpty("other", 0)).isFalse();
    }

    @Test
    void oneTokenCanBeAllThereIs() {
        TokenBuckets<String> one = new TokenBuckets<>(1, PAUSE);
        assertThat(one.isEmpty("key", 0)).isFalse();

        one.take("key", 0);

        assertThat(one.isEmpty("key", 10 * SECOND - 1)).isTrue();
        assertThat(one.isEmpty("key", 10 * SECOND)).isFalse();
    }

    private void take(long now, int times) {
        for (int i = 0; i < times; i++) {
            three.take("key", now);
        }
    }
}
