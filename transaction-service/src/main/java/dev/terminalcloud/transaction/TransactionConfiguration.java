package dev.terminalcloud.transaction;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** The configuration of this service. Its times are part of what the POS API promises: change them with care. */
@ConfigMapping(prefix = "transaction")
public interface TransactionConfiguration {

    /** Where POS systems reach the gateway, without a path: the beginning of each {@code PollingUrl}. */
    URI publicUrl();

    /** How long after its intake a transaction may still be started; then it certainly never will be. */
    @WithDefault("15s")
    Duration startTimeout();

    /** How long after its intake a transaction that still runs is shown as delayed. */
    @WithDefault("105s")
    Duration delayedAfter();

    /** How long a device may be without a session until what runs on it is shown as delayed. */
    @WithDefault("10s")
    Duration deviceLostAfter();

    /**
     * How long after it was overdue a transaction must have been without the word of its device until an operator may state
     * its outcome. Shorter lets people answer for a device that would have told by itself.
     */
    @WithDefault("24h")
    Duration manualResolutionAfter();

    /** How long a synchronous request is held at most; longer than {@link #delayedAfter()}, so that it says so then. */
    @WithDefault("110s")
    Duration syncTimeout();

    /** How long after the intake the polling token is good. */
    @WithDefault("15m")
    Duration pollingTokenLifetime();

    /** How much memory, roughly, the answers to polls of completed transactions may take; what does not fit is read from the database again. */
    @WithDefault("24M")
    MemorySize pollingCacheSize();

    /** How long after the intake the record is kept. */
    @WithDefault("180d")
    Duration retention();

    /** How long a request waits for a pairing that was made a moment ago and is not known here yet. */
    @WithDefault("2s")
    Duration pairingLookupTimeout();

    /** How fast a register may start transactions. */
    StartRateLimit startRateLimit();

    /** The limit of a register, at all replicas together; what it sends and is refused counts too. */
    interface StartRateLimit {

        /** How many requests a second it may go on sending. The POS API promises 10: less is not allowed. */
        @WithDefault("20")
        int perSecond();

        /** How many requests it may send at once, after a pause. At least 10, for the same reason. */
        @WithDefault("40")
        int burst();
    }

    /** How POS systems are told. */
    Callback callback();

    /** The callbacks. */
    interface Callback {

        /**
         * Whether a callback may go to private, loopback and other special-purpose addresses. In production that would let
         * whoever can start a transaction look into the cloud's own network.
         */
        @WithDefault("false")
        boolean allowPrivateAddresses();
    }
}
