package dev.terminalcloud.administration;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import java.time.Duration;

/** What operators are told while the database is away. */
public final class DatabaseOutage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private DatabaseOutage() {}

    /** The failure itself, unless it passes. */
    public static Throwable toApiException(Throwable failure) {
        return TransientFailures.isTransient(failure)
                ? ApiException.retryLater(
                        503,
                        "The database can't be reached, and nobody knows whether it was done. Please look, or ask"
                                + " again",
                        RETRY_AFTER,
                        failure)
                : failure;
    }
}
