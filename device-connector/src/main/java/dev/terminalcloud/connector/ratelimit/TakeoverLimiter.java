package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.network.TokenBucket;
import jakarta.inject.Singleton;

/**
 * Limiter of takeovers: sessions of a device that end because the device has a newer one, here or at another connector. Two
 * clients with the identity of one device would otherwise end each other's sessions for ever. Once a device has no takeover
 * left, a CONNECT that would be the next one is refused, and the session that is open stays.
 *
 * <p>A device that has lost its connection waits at most one refill interval. Thread-safe; in memory, of this connector alone.
 */
@Singleton
public class TakeoverLimiter {
    private static final long MAX_DEVICES = 100_000;

    private final TokenBucket rate;
    private final Cache<String, Takeovers> byDevice;

    /**
     * Takeovers of one device.
     *
     * @param superseded true if the device's last session here ended because of one at another connector, which may be open
     * @param refused true if the last CONNECT was refused
     */
    private record Takeovers(long fullAgainNanos, boolean superseded, boolean refused) {}

    TakeoverLimiter(ConnectorConfiguration configuration) {
        this.rate = new TokenBucket(
                configuration.takeovers().maxPerDevice(),
                configuration.takeovers().refillInterval());
        this.byDevice = Caffeine.newBuilder()
                .maximumSize(MAX_DEVICES)
                .expireAfterWrite(rate.timeToFill())
                .build();
    }

    /**
     * Returns whether the device may open a session now, and counts the takeover if it may.
     *
     * @param replacesSession whether the device has an open session here, which the new one ends
     */
    public boolean tryAcquire(String deviceId, boolean replacesSession, long nowNanos) {
        Takeovers decided = byDevice.asMap().compute(deviceId, (id, known) -> decide(known, replacesSession, nowNanos));
        return decided == null || !decided.refused();
    }

    /** Counts a session of the device that was ended because of a newer one at another connector. */
    public void recordSuperseded(String deviceId, long nowNanos) {
        byDevice.asMap().compute(deviceId, (id, known) -> new Takeovers(take(known, nowNanos), true, false));
    }

    private Takeovers decide(Takeovers known, boolean replacesSession, long nowNanos) {
        if (!replacesSession && (known == null || !known.superseded())) {
            return known == null ? null : new Takeovers(known.fullAgainNanos(), false, false);
        }
        if (known != null && rate.isEmpty(known.fullAgainNanos(), nowNanos)) {
            return new Takeovers(known.fullAgainNanos(), known.superseded(), true);
        }
        // The end of a session elsewhere is counted by the connector that holds it.
        return new Takeovers(replacesSession ? take(known, nowNanos) : known.fullAgainNanos(), false, false);
    }

    private long take(Takeovers known, long nowNanos) {
        return rate.take(known == null ? nowNanos : known.fullAgainNanos(), nowNanos);
    }
}
