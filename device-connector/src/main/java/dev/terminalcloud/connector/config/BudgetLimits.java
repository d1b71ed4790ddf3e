package dev.terminalcloud.connector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The budgets of one device: more ends its session. */
public interface BudgetLimits {
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

    /** Transactions that a device may name within an hour without being named one by the cloud. */
    @WithDefault("100")
    int maxUnknownTransactionsPerHour();

    /** Minimum time between two requests of a pairing code of one device; 0 for no minimum. */
    @WithDefault("5s")
    Duration pairingCodeInterval();

    /** Time for which a device that has exceeded a budget is refused. */
    @WithDefault("10s")
    Duration suspension();
}
