package dev.terminalcloud.connector.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.connector.config.BudgetLimits;
import java.time.Duration;

/**
 * The suspensions of devices that have exceeded a budget: each is eight times as long as the device's last one, up to a maximum;
 * after a time without any it begins again with the shortest. Only a session of the device itself suspends it, so no other client
 * can. Thread-safe; in memory, of this connector alone, bounded. Times are those of {@link System#nanoTime()}.
 */
final class DeviceSuspensions {
    private static final long MAX_DEVICES = 200_000;
    private static final int GROWTH = 8;

    private final BudgetLimits limits;
    private final Cache<String, Suspension> byDevice;

    private record Suspension(Duration length, long untilNanos) {
        boolean isActive(long nowNanos) {
            return nowNanos - untilNanos < 0;
        }
    }

    DeviceSuspensions(BudgetLimits limits, Ticker ticker) {
        this.limits = limits;
        this.byDevice = Caffeine.newBuilder()
                .maximumSize(MAX_DEVICES)
                .expireAfterWrite(limits.maxSuspension().plus(limits.suspensionResetAfter()))
                .ticker(ticker)
                .build();
    }

    /** Suspends the device from now on, unless it is suspended already. */
    void suspend(String deviceId, long nowNanos) {
        byDevice.asMap().compute(deviceId, (id, last) -> next(last, nowNanos));
    }

    /** Returns whether the device is suspended. */
    boolean isSuspended(String deviceId, long nowNanos) {
        Suspension last = byDevice.getIfPresent(deviceId);
        return last != null && last.isActive(nowNanos);
    }

    /** Returns the number of devices that are suspended. */
    long count(long nowNanos) {
        return byDevice.asMap().values().stream()
                .filter(suspension -> suspension.isActive(nowNanos))
                .count();
    }

    private Suspension next(Suspension last, long nowNanos) {
        if (last != null && last.isActive(nowNanos)) {
            return last;
        }
        Duration length = last == null || isForgotten(last, nowNanos) ? limits.minSuspension() : longerThan(last);
        return new Suspension(length, nowNanos + length.toNanos());
    }

    private boolean isForgotten(Suspension last, long nowNanos) {
        return nowNanos - last.untilNanos() >= limits.suspensionResetAfter().toNanos();
    }

    private Duration longerThan(Suspension last) {
        Duration longer = last.length().multipliedBy(GROWTH);
        return longer.compareTo(limits.maxSuspension()) > 0 ? limits.maxSuspension() : longer;
    }
}
