package dev.terminalcloud.transaction;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What ages are measured with: it goes on at one pace, whatever happens to the time of day. */
class MonotonicClock {
    @Produces
    @Singleton
    Ticker systemTicker() {
        return Ticker.systemTicker();
    }
}
