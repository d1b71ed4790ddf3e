package dev.terminalcloud.transaction;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Clock to measure ages with: it runs at one rate, whatever happens to the time of day. */
class MonotonicClock {
    @Produces
    @Singleton
    Ticker systemTicker() {
        return Ticker.systemTicker();
    }
}
