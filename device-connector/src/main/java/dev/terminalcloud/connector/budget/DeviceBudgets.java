package dev.terminalcloud.connector.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.connector.config.BudgetLimits;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The budgets of all devices that were authenticated within the last hour. In memory, of this connector alone. It warns
 * operators of a device beyond its budgets once an hour. Thread-safe.
 */
@Singleton
public class DeviceBudgets {
    private static final Logger LOG = Logger.getLogger(DeviceBudgets.class);
    private static final long MAX_DEVICES = 200_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final BudgetLimits limits;
    private final Cache<String, DeviceBudget> byDevice;
    private final Cache<String, Boolean> warned;

    @Inject
    DeviceBudgets(ConnectorConfiguration configuration) {
        this(configuration.budgets(), Ticker.systemTicker());
    }

    DeviceBudgets(BudgetLimits limits, Ticker ticker) {
        this.limits = limits;
        this.byDevice = Caffeine.newBuilder()
                .maximumSize(MAX_DEVICES)
                .expireAfterAccess(HOUR)
                .ticker(ticker)
                .build();
        this.warned = Caffeine.newBuilder()
                .maximumSize(MAX_DEVICES)
                .expireAfterWrite(HOUR)
                .ticker(ticker)
                .build();
    }

    /** Returns the budget of a device, which must be authenticated: other clients must not fill the memory. */
    public DeviceBudget of(String deviceId) {
        return byDevice.get(deviceId, unused -> new DeviceBudget(limits, System.nanoTime()));
    }

    /** Returns whether the device must not connect yet. */
    public boolean isSuspended(String deviceId, long nowNanos) {
        DeviceBudget budget = byDevice.getIfPresent(deviceId);
        return budget != null && budget.isSuspended(nowNanos);
    }

    /** Logs that the device exceeded a budget, unless that was logged within the last hour; returns whether it was not. */
    public boolean warn(String deviceId, Budget budget) {
        boolean first = warned.asMap().putIfAbsent(deviceId, true) == null;
        if (first) {
            LOG.warnf(
                    "Device exceeded its budget, its connection is closed. Tell its vendor, or revoke it"
                            + ": deviceId=%s reason=%s",
                    deviceId, budget);
        }
        return first;
    }
}
