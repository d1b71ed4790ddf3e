package dev.terminalcloud.connector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a connector gives others their share of the devices, after one of them has joined. */
public interface Rebalancing {
    /** Devices that it asks to reconnect in a second, on average over heartbeats; 0 to ask none. */
    @WithDefault("25")
    int maxPerSecond();

    /** Devices above the average of all connectors that are tolerated, in percent of the average. */
    @WithDefault("10")
    int tolerancePercent();

    /** Devices above the average that are tolerated in any case. */
    @WithDefault("50")
    int minTolerance();

    /**
     * Time for which no connector has come, gone or restarted before any device is asked, so that none is during an upgrade; and for which a
     * device has been connected before it is asked.
     */
    @WithDefault("2m")
    Duration delay();
}
