package dev.terminalcloud.transaction;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configuration of this service. Its times are part of what the POS API promises: change them with care. */
@ConfigMapping(prefix = "transaction")
public interface TransactionConfiguration {

    /** Public URL of the gateway, without a path: the beginning of each {@code PollingUrl}. */
    URI publicUrl();

    /** Maximum time from the intake of a transaction to its start; after that it certainly never starts. */
    @WithDefault("15s")
    Duration startTimeout();

    /** Time from the intake of a transaction until it is shown as delayed, if it still runs. */
    @WithDefault("105s")
    Duration delayedAfter();

    /** Maximum time without a session of its device until a running transaction is shown as delayed. */
    @WithDefault("10s")
    Duration deviceLostAfter();

    /**
     * Minimum time after a transaction became overdue before an operator may resolve it, if the device has not
     * reported. A shorter time lets operators decide for a device that would still have reported.
     */
    @WithDefault("24h")
    Duration manualResolutionAfter();

    /**
     * Maximum time to hold a synchronous request; longer than {@link #delayedAfter()}, so that the response shows the
     * delay.
     */
    @WithDefault("110s")
    Duration syncTimeout();

    /** Time from the intake for which the polling token is valid. */
    @WithDefault("15m")
    Duration pollingTokenLifetime();

    /** Approximate memory for the responses to polls; what does not fit is read from the database again. */
    @WithDefault("24M")
    MemorySize pollingCacheSize();

    /** Time from the intake for which a transaction is stored, with its receipt and sale data: the {@code RecordExpiry}. */
    @WithDefault("180d")
    Duration retention();

    /**
     * Time for which a polling token and a callback URL are kept after the token has expired, at least; longer while a
     * callback is pending. Until then a poll with the token is answered with {@code Token expired}, afterwards with {@code
     * Invalid token}.
     */
    @WithDefault("1d")
    Duration accessRetention();

    /**
     * Time for which an {@code Idempotency-Key} is kept, at least; longer while its transaction has not ended. At least a day,
     * which the POS API promises.
     */
    @WithDefault("24h")
    Duration idempotencyKeyRetention();

    /** Time for which device events that could not be applied are stored, at least; longer while their transaction is open. */
    @WithDefault("180d")
    Duration discrepancyRetention();

    /** Maximum time for a request to wait for a pairing that was made a moment ago and is not known here yet. */
    @WithDefault("2s")
    Duration pairingLookupTimeout();

    /**
     * Vendors whose registers must send their pairing token with each start: names as the registers send them, or {@code *}
     * for all. Registers that do not send it can no longer start anything.
     */
    Optional<List<String>> strictVendors();

    /**
     * Transaction types that need the pairing token, whatever the vendor: {@code Card.Refund}, or all that begin alike,
     * {@code Acquirer.*}.
     */
    Optional<List<String>> tokenFunctions();

    /** Maximum time that a register that unpairs waits until its pairing has ended at pairing-service too. */
    @WithDefault("5s")
    Duration unpairTimeout();

    /** Maximum number of probes of its device that a register may request in a minute, one at a time; at least 1. */
    @WithDefault("12")
    int maxProbesPerMinute();

    /** Limit of the rate at which a register may start transactions. */
    StartRateLimit startRateLimit();

    /** Rate limit of a register, at all replicas together; rejected requests count too. */
    interface StartRateLimit {

        /** Maximum number of requests a second in the long run. The POS API promises 10: less is not allowed. */
        @WithDefault("20")
        int perSecond();

        /** Maximum number of requests at once, after a pause. At least 10, for the same reason. */
        @WithDefault("40")
        int burst();
    }

    /** Targets of the service level. */
    ServiceLevelTargets serviceLevel();

    /** Durations that 99 of 100 transactions should not exceed: else {@code GET /POS/Status} says {@code degraded}, and an alert is raised. */
    interface ServiceLevelTargets {

        /** Time from the intake until the device has the transaction. */
        @WithDefault("2s")
        Duration delivery();

        /** Time from the arrival of the device's result at its connector until the transaction is completed. */
        @WithDefault("1s")
        Duration answer();
    }

    /** Limits of what is stored of device events that can't be applied. */
    DiscrepancyLimits discrepancies();

    /** Limits of one device; further events are counted and not stored. */
    interface DiscrepancyLimits {

        /** Maximum number within an hour of those about transactions that do not exist or are another device's. */
        @WithDefault("20")
        int maxUnrelatedPerHour();

        /** Maximum number within an hour of all others. No device that works sends so many; each may concern money. */
        @WithDefault("200")
        int maxPerHour();
    }

    /** Time that a device must be offline before its register is notified, if it asked for that. */
    @WithDefault("30s")
    Duration deviceOfflineAfter();

    /** Configuration of completion callbacks and notifications. */
    Callback callback();

    /** Configuration of completion callbacks and notifications. */
    interface Callback {

        /**
         * True if a callback may go to private, loopback and other special-purpose addresses. In production that would
         * let any client that can start a transaction access the cloud's own network.
         */
        @WithDefault("false")
        boolean allowPrivateAddresses();
    }
}
