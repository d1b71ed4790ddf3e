package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Limiter of failures per key: a token bucket for each, refilled by one token after each interval. Thread-safe. It keeps a
 * bounded number of keys, and evicts those first that failed seldom.
 */
final class FailureLimiter<K> {
    private static final long MAX_KEYS = 100_000;

    private final TokenBucketRate rate;

    /** The time when the bucket of each key is full again. */
    private final Cache<K, Long> fullAgain;

    FailureLimiter(int failures, Duration pause) {
        this.rate = new TokenBucketRate(failures, pause);
        this.fullAgain = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(rate.timeToFill())
                .build();
    }

    /** Returns whether the key has failed as often as it may by now. */
    boolean isExhausted(K key, long nowNanos) {
        Long full = fullAgain.getIfPresent(key);
        return full != null && rate.isExhausted(full, nowNanos);
    }

    /** Returns the number of keys that are kept. */
    long size() {
        fullAgain.cleanUp();
        return fullAgain.estimatedSize();
    }

    void recordFailure(K key, long nowNanos) {
        fullAgain.asMap().merge(key, rate.take(nowNanos, nowNanos), (full, unused) -> rate.take(full, nowNanos));
    }
}
