package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.network.TokenBucket;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Rate limiter in the memory of one replica, for registers whose rate is so low that they need not be counted together
 * with other replicas: almost all of them.
 *
 * <p>Its size is fixed, no matter how many registers exist or are invented: some share a bucket, and are counted in the
 * database a little earlier, which rejects no request. Thread-safe; never waits.
 */
final class LocalRateLimiter {
    private static final int BUCKETS = 1 << 16;

    private final long start = System.nanoTime();
    private final AtomicLongArray fullAt = new AtomicLongArray(BUCKETS);
    private final TokenBucket bucket;

    LocalRateLimiter(TokenBucket bucket) {
        this.bucket = bucket;
    }

    /** Counts a request; returns false if it must be counted by {@link SharedRateLimiter}. */
    boolean tryAcquire(String vendorName, String registerId) {
        int hash = 31 * vendorName.hashCode() + registerId.hashCode();
        return tryAcquire((hash ^ hash >>> 16) & BUCKETS - 1);
    }

    private boolean tryAcquire(int index) {
        while (true) {
            long before = fullAt.get(index);
            OptionalLong after = bucket.tryTake(1, before, System.nanoTime() - start);
            if (after.isEmpty()) {
                return false;
            }
            if (fullAt.compareAndSet(index, before, after.getAsLong())) {
                return true;
            }
        }
    }
}
