package dev.terminalcloud.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
    private static final long MILLISECOND = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        // Twenty a second, three at once: the bucket's fullAt, now, and fullAt after a token was taken; none if it had
        // no token.
        "   0,    0,   50",
        "  50,    0,  100",
        " 100,    0,  150",
        " 101,    0,     ",
        " 150,    0,     ",
        " 150,   50,  200",
        " 150,  149,  200",
        " 150, 1000, 1050",
        "-500,  -20,   30"
    })
    void givesWhatItHas(long fullAt, long now, Long after) {
        OptionalLong taken = TokenBucket.perSecond(20, 3).tryTake(1, fullAt * MILLISECOND, now * MILLISECOND);

        assertThat(taken).isEqualTo(after == null ? OptionalLong.empty() : OptionalLong.of(after * MILLISECOND));
    }

    @Test
    void manyTokensAreTakenTogetherOrNotAtAll() {
        TokenBucket bucket = TokenBucket.perSecond(20, 3);

        assertThat(bucket.tryTake(3, 0, 0)).hasValue(150 * MILLISECOND);
        assertThat(bucket.tryTake(3, 1, 0)).isEmpty();
    }

    @Test
    void emptyBucketStaysEmptyForNoMoreThanAnInterval() {
        TokenBucket bucket = TokenBucket.perSecond(20, 3);
        long fullAt = 0;
        for (int i = 0; i < 10; i++) {
            fullAt = bucket.take(fullAt, 0);
        }

        assertThat(fullAt).isEqualTo(bucket.timeToFill().toNanos());
        assertThat(bucket.isEmpty(fullAt, 49 * MILLISECOND)).isTrue();
        assertThat(bucket.isEmpty(fullAt, 50 * MILLISECOND)).isFalse();
    }

    @Test
    void holdsAsManyAsItsSize() {
        assertThat(given(
                        TokenBucket.perSecond(20, 40),
                        LongStream.generate(() -> 7).limit(100)))
                .isEqualTo(40);
    }

    /** In any period it gives at most its size and its refill, and all requests at its rate or slower. */
    @RepeatedTest(50)
    void keepsItsRate() {
        Random random = new Random();
        int perSecond = 10 + random.nextInt(50);
        int size = 10 + random.nextInt(50);
        TokenBucket bucket = TokenBucket.perSecond(perSecond, size);
        long pause = bucket.refillInterval().toNanos();

        long seconds = 1L + random.nextInt(20);
        LongStream flood = random.longs(50_000, 0, seconds * 1_000_000_000).sorted();
        LongStream steady = LongStream.range(0, 1_000).map(i -> i * pause);

        assertThat(given(bucket, flood)).isBetween(1L, size + perSecond * seconds + 1);
        assertThat(given(bucket, steady)).isEqualTo(1_000);
    }

    private static long given(TokenBucket bucket, LongStream times) {
        long[] fullAt = {Long.MIN_VALUE / 2};
        return times.filter(now -> {
                    OptionalLong after = bucket.tryTake(1, fullAt[0], now);
                    after.ifPresent(full -> fullAt[0] = full);
                    return after.isPresent();
                })
                .count();
    }
}
