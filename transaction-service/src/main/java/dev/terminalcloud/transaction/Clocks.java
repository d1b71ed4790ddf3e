package dev.terminalcloud.transaction;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clocks of this process. What decides about money goes by neither, but by the database's clock. */
class Clocks {
    /** What facts are dated with. */
    @Produces
    @Singleton
    Clock systemClock() {
        return Clock.systemUTC();
    }

    /** What ages are measured with: it goes on at one pace, whatever happens to the time of day. */
    @Produces
    @Singleton
    Ticker systemTicker() {
        return Ticker.systemTicker();
    }
}
