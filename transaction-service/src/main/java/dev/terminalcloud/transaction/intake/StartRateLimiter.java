package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.network.TokenBucket;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Rejects what a register sends beyond its limit, at all replicas together (POS API, section 8). Each replica accepts a
 * tenth of the limit by itself, from memory; only what is beyond that is counted in the database. So a register within
 * its limit is never rejected, and one beyond it gets at most a tenth more for each replica.
 */
@Startup
@ApplicationScoped
class StartRateLimiter {
    private static final int MIN_LIMIT = 10;
    private static final int LOCAL_SHARE_DIVISOR = 10;

    private final int perSecond;
    private final TokenBucket bucket;
    private final LocalRateLimiter local;
    private final SharedRateLimiter shared;
    private final Counter rejected;

    StartRateLimiter(TransactionConfiguration config, SharedRateLimiter shared, MeterRegistry metrics) {
        perSecond = requireMinimum("per-second", config.startRateLimit().perSecond());
        int burst = requireMinimum("burst", config.startRateLimit().burst());
        this.bucket = TokenBucket.perSecond(perSecond, burst);
        this.local = new LocalRateLimiter(
                TokenBucket.perSecond(perSecond / LOCAL_SHARE_DIVISOR, burst / LOCAL_SHARE_DIVISOR));
        this.shared = shared;
        this.rejected = metrics.counter("transaction.rate.limited.starts");
    }

    private static int requireMinimum(String key, int value) {
        if (value < MIN_LIMIT) {
            throw new IllegalArgumentException("transaction.start-rate-limit." + key
                    + " must be at least 10 (guaranteed by the POS API), was " + value);
        }
        return value;
    }

    /**
     * Counts the request, if it names its register.
     *
     * @return fails with {@link ApiException} 429 if the register has sent too many
     * @throws ApiException 400 if a name is too long
     */
    Uni<Void> acquire(PosParameters parameters) {
        Optional<String> vendorName = parameters.optional("POSVendorName", StartRequest.MAX_NAME_LENGTH);
        Optional<String> registerId = parameters.optional("POSRegisterID", StartRequest.MAX_REGISTER_ID_LENGTH);
        return vendorName.isEmpty() || registerId.isEmpty()
                ? Uni.createFrom().voidItem()
                : acquire(vendorName.get(), registerId.get());
    }

    private Uni<Void> acquire(String vendorName, String registerId) {
        return local.tryAcquire(vendorName, registerId)
                ? Uni.createFrom().voidItem()
                : acquireShared(vendorName, registerId);
    }

    /** Accepts a request that can't be counted: the intake finds out whether it can be started. */
    private Uni<Void> acquireShared(String vendorName, String registerId) {
        return shared.tryAcquire(vendorName, registerId, bucket)
                .onFailure(TransientFailures::isTransient)
                .recoverWithItem(true)
                .invoke(this::rejectUnless)
                .replaceWithVoid();
    }

    private void rejectUnless(boolean taken) {
        if (!taken) {
            rejected.increment();
            throw StartError.TOO_MANY_STARTS.exception(perSecond);
        }
    }
}
