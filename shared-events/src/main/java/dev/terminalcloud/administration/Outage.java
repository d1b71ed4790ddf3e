package dev.terminalcloud.administration;

import dev.terminalcloud.database.PassingFailure;
import dev.terminalcloud.posapi.RefusedException;
import java.time.Duration;

/** What operators are told while the database is away. */
public final class Outage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Outage() {}

    /** The failure itself, unless it passes. */
    public static Throwable explain(Throwable failure) {
        return PassingFailure.is(failure)
                ? RefusedException.retryLater(
                        503,
                        "The database can't be reached, and nobody knows whether it was done. Please look, or ask"
                                + " again",
                        RETRY_AFTER,
                        failure)
                : failure;
    }
}
