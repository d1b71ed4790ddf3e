package dev.terminalcloud.connector.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long NOW = Long.MAX_VALUE - 1000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TokenBucket bucket = new TokenBucket(10, 100, NOW);

    @Test
    void fullBucketHasTheBurstAndNoMore() {
        assertThat(bucket.tryTake(60, NOW)).isTrue();
        assertThat(bucket.tryTake(41, NOW)).isFalse();
        assertThat(bucket.tryTake(40, NOW)).isTrue();
        assertThat(bucket.tryTake(1, NOW)).isFalse();
    }

    @Test
    void emptyBucketGetsItsTokensBackWithTime() {
        assertThat(bucket.tryTake(100, NOW)).isTrue();

        assertThat(bucket.tryTake(10, NOW + SECOND - 1)).isFalse();
        assertThat(bucket.tryTake(10, NOW + SECOND)).isTrue();
        assertThat(bucket.tryTake(100, NOW + 100 * SECOND)).isTrue();
        assertThat(bucket.tryTake(1, NOW + 100 * SECOND)).isFalse();
    }

    @Test
    void moreThanTheBurstIsNeverAllowed() {
        assertThat(bucket.tryTake(101, NOW + 1000 * SECOND)).isFalse();
    }
}
