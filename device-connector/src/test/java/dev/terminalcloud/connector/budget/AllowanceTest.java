package dev.terminalcloud.connector.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long NOW = Long.MAX_VALUE - 1000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Allowance allowance = new Allowance(10, 100, NOW);

    @Test
    void fullBucketHasTheBurstAndNoMore() {
        assertThat(allowance.tryTake(60, NOW)).isTrue();
        assertThat(allowance.tryTake(41, NOW)).isFalse();
        assertThat(allowance.tryTake(40, NOW)).isTrue();
        assertThat(allowance.tryTake(1, NOW)).isFalse();
    }

    @Test
    void emptyBucketGetsItsTokensBackWithTime() {
        assertThat(allowance.tryTake(100, NOW)).isTrue();

        assertThat(allowance.tryTake(10, NOW + SECOND - 1)).isFalse();
        assertThat(allowance.tryTake(10, NOW + SECOND)).isTrue();
        assertThat(allowance.tryTake(100, NOW + 100 * SECOND)).isTrue();
        assertThat(allowance.tryTake(1, NOW + 100 * SECOND)).isFalse();
    }

    @Test
    void moreThanTheBurstIsNeverAllowed() {
        assertThat(allowance.tryTake(101, NOW + 1000 * SECOND)).isFalse();
    }
}
