package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.ConnectorConfiguration.TakeoverLimits;
import dev.terminalcloud.network.TokenBucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Alerts operators to takeovers that were refused: once for each episode of a device, in the log and as a counter. An episode
 * ends when none was refused for as long as its takeovers take to refill, and after an hour at the latest. Thread-safe.
 */
@Singleton
public class TakeoverAlert {
    private static final Logger LOG = Logger.getLogger(TakeoverAlert.class);
    private static final long MAX_DEVICES = 100_000;
    private static final Duration MAX_EPISODE = Duration.ofHours(1);

    private final Cache<String, Boolean> openEpisodes;
    private final Counter episodes;

    @Inject
    TakeoverAlert(ConnectorConfiguration configuration, MeterRegistry meters) {
        this(configuration.takeovers(), meters, Ticker.systemTicker());
    }

    TakeoverAlert(TakeoverLimits limits, MeterRegistry meters, Ticker ticker) {
        Duration pause = new TokenBucket(limits.maxPerDevice(), limits.refillInterval()).timeToFill();
        this.openEpisodes = Caffeine.newBuilder()
                .maximumSize(MAX_DEVICES)
                .expireAfterAccess(pause)
                .expireAfterWrite(MAX_EPISODE)
                .ticker(ticker)
                .build();
        this.episodes = meters.counter("connector.takeover.episodes");
    }

    /** Logs and counts the refused takeover if it is the first of an episode of that device. */
    public void refused(ClientOrigin origin, String deviceId) {
        if (openEpisodes.asMap().putIfAbsent(deviceId, true) == null) {
            episodes.increment();
            LOG.warnf(
                    "Takeovers of a device refused, its current session stays. Find the second client with its id and"
                            + " secret, or register the device again: address=%s deviceId=%s",
                    origin.address().text(), deviceId);
        }
    }
}
