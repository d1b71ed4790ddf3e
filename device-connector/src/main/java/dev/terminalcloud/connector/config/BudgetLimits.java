package dev.terminalcloud.connector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The budgets of one device: more ends its session, and suspends it. */
public interface BudgetLimits {
    /** Accepted connections of one device a minute in the long run. */
    @WithDefault("30")
    int maxConnectionsPerMinute();

    /** Accepted connections of one device at once. */
    @WithDefault("60")
    int maxConnectionBurst();

    /** Messages of one device a second in the long run. */
    @WithDefault("50")
    int maxMessagesPerSecond();

    /** Messages of one device at once, after a pause. */
    @WithDefault("200")
    int maxMessageBurst();

    /** Bytes of one device a second in the long run, of packets of any type. */
    @WithDefault("65536")
    int maxBytesPerSecond();

    /** Bytes of one connection at once; at least one packet of the maximum size. */
    @WithDefault("524288")
    int maxByteBurst();

    /** Transactions that a device may name in an hour, in the long run, without being named one by the cloud. */
    @WithDefault("100")
    int maxUnknownTransactionsPerHour();

    /** The same at once. An honest device repeats the report of one or two transactions after it has changed connectors. */
    @WithDefault("5")
    int maxUnknownTransactionBurst();

    /** Minimum time between two requests of a pairing code of one device; 0 for no minimum. */
    @WithDefault("5s")
    Duration pairingCodeInterval();

    /** Time for which a device that has exceeded a budget is refused; each further time is eight times as long. */
    @WithDefault("1s")
    Duration minSuspension();

    /** Time that a suspension does not exceed. */
    @WithDefault("5m")
    Duration maxSuspension();

    /** Time without an exceeded budget, after a suspension, until the next suspension of the device is a short one again. */
    @WithDefault("10m")
    Duration suspensionResetAfter();
}
