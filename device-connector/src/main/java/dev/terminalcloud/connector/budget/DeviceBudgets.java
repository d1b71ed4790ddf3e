package dev.terminalcloud.connector.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.connector.config.BudgetLimits;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The budgets of all devices that were authenticated within the last hour, and the suspensions of those that exceeded one. In
 * memory, of this connector alone. It warns operators of a device beyond its budgets once an hour. Thread-safe.
 */
@Singleton
public class DeviceBudgets {
    private static final Logger LOG = Logger.getLogger(DeviceBudgets.class);
    private static final long MAX_DEVICES = 200_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final BudgetLimits limits;
    private final DeviceSuspensions suspensions;
    private final Cache<String, DeviceBudget> byDevice;
    private final Cache<String, Boolean> warned;

    @Inject
    DeviceBudgets(ConnectorConfiguration configuration, MeterRegistry meters) {
        this(configuration.budgets(), Ticker.systemTicker());
        meters.gauge("connector.devices.suspended", suspensions, all -> all.count(System.nanoTime()));
    }

    DeviceBudgets(BudgetLimits limits, Ticker ticker) {
        this.limits = limits;
        this.suspensions = new DeviceSuspensions(limits, ticker);
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

    /** Returns whether the device must not connect yet. The caller must tell only the device, once it is authenticated. */
    public boolean isSuspended(String deviceId, long nowNanos) {
        return suspensions.isSuspended(deviceId, nowNanos);
    }

    /** Suspends a device whose session exceeded a budget, and logs that, unless that was logged within the last hour. */
    public void recordExceeded(String deviceId, Budget budget, long nowNanos) {
        suspensions.suspend(deviceId, nowNanos);
        if (warned.asMap().putIfAbsent(deviceId, true) == null) {
            LOG.warnf(
                    "Device exceeded its budget, its connection is closed and it is suspended. Tell its vendor, or revoke it"
                            + ": deviceId=%s reason=%s",
                    deviceId, budget);
        }
    }
}
