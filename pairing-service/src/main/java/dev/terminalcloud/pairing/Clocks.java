package dev.terminalcloud.pairing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock of this process, for the dates of facts. What has expired is decided by the database's. */
class Clocks {
    @Produces
    @Singleton
    Clock systemClock() {
        return Clock.systemUTC();
    }
}
