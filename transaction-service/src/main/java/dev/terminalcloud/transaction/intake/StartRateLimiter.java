package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.TransientFailures;
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
 * Refuses what a register sends beyond its limit, at all replicas together (POS API, section 8). A tenth of the limit each
 * replica lets through by itself, from memory; only what is beyond that is counted in the database. So a register within
 * its limit is never refused, and one beyond it gets at most a tenth more for each replica.
 */
@Startup
@ApplicationScoped
class StartRateLimiter {
    private static final int LEAST = 10;
    private static final int QUIET_PART = 10;

    private final int perSecond;
    private final TokenBucket bucket;
    private final LocalRateLimiter quiet;
    private final SharedRateLimiter busy;
    private final Counter refused;

    StartRateLimiter(TransactionConfiguration config, SharedRateLimiter busy, MeterRegistry metrics) {
        perSecond = checked("per-second", config.starts().perSecond());
        int burst = checked("burst", config.starts().burst());
        this.bucket = TokenBucket.of(perSecond, burst);
        this.quiet = new LocalRateLimiter(TokenBucket.of(perSecond / QUIET_PART, burst / QUIET_PART));
        this.busy = busy;
        this.refused = metrics.counter("transaction.starts.refused");
    }

    private static int checked(String key, int value) {
        if (value < LEAST) {
            throw new IllegalArgumentException(
                    "transaction.starts." + key + " must be at least 10, which the POS API promises, not " + value);
        }
        return value;
    }

    /**
     * Counts the request, if it tells its register.
     *
     * @return fails with {@link ApiException} 429 if the register has sent too many
     * @throws ApiException 400 if a name is too long
     */
    Uni<Void> letIn(PosParameters parameters) {
        Optional<String> vendorName = parameters.optional("POSVendorName", StartRequest.NAME_LENGTH);
        Optional<String> registerId = parameters.optional("POSRegisterID", StartRequest.REGISTER_ID_LENGTH);
        return vendorName.isEmpty() || registerId.isEmpty()
                ? Uni.createFrom().voidItem()
                : letIn(vendorName.get(), registerId.get());
    }

    private Uni<Void> letIn(String vendorName, String registerId) {
        return quiet.take(vendorName, registerId) ? Uni.createFrom().voidItem() : countForAll(vendorName, registerId);
    }

    /** What can't be counted is not refused for that: whether it can be started, the intake finds out. */
    private Uni<Void> countForAll(String vendorName, String registerId) {
        return busy.take(vendorName, registerId, bucket)
                .onFailure(TransientFailures::is)
                .recoverWithItem(true)
                .invoke(this::refuseUnless)
                .replaceWithVoid();
    }

    private void refuseUnless(boolean taken) {
        if (!taken) {
            refused.increment();
            throw StartError.TOO_MANY_STARTS.exception(perSecond);
        }
    }
}
