package dev.terminalcloud.administration;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import java.time.Duration;

/** Answers to operators while the database is unavailable. */
public final class DatabaseOutage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private DatabaseOutage() {}

    /** Returns a 503 for a transient failure, and any other failure unchanged. */
    public static Throwable toApiException(Throwable failure) {
        return TransientFailures.isTransient(failure)
                ? ApiException.retryLater(
                        503,
                        "The database is unavailable. The change may have been made: check, or retry",
                        RETRY_AFTER,
                        failure)
                : failure;
    }
}
