package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.terminalcloud.network.TokenBucket;
import java.time.Duration;

/**
 * A token bucket for each key. Thread-safe. It keeps a bounded number of keys, and evicts those first that are used seldom; the bucket
 * of a key that is not kept is full.
 */
final class TokenBuckets<K> {
    private static final long MAX_KEYS = 100_000;

    private final TokenBucket rate;

    /** The time when the bucket of each key is full again. */
    private final Cache<K, Long> fullAgain;

    TokenBuckets(int burst, Duration refillInterval) {
        this.rate = new TokenBucket(burst, refillInterval);
        this.fullAgain = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(rate.timeToFill())
                .build();
    }

    /** Returns whether the bucket of the key is empty. */
    boolean isEmpty(K key, long nowNanos) {
        Long full = fullAgain.getIfPresent(key);
        return full != null && rate.isEmpty(full, nowNanos);
    }

    /** Returns the number of keys that are kept. */
    long size() {
        fullAgain.cleanUp();
        return fullAgain.estimatedSize();
    }

    /** Takes a token from the bucket of the key. */
    void take(K key, long nowNanos) {
        fullAgain.asMap().merge(key, rate.take(nowNanos, nowNanos), (full, unused) -> rate.take(full, nowNanos));
    }
}
