package dev.terminalcloud.transaction.callback;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** A message whose attempt is in progress, in the queue that it is from. */
public interface PendingMessage {
    /** Returns the stored callback URL. */
    String url();

    /** Returns what is sent. */
    SignedMessage message();

    /** Returns the trace of the transaction that it is about; null without one. */
    default String traceparent() {
        return null;
    }

    /** Returns the number of attempts, this one included. */
    int attempts();

    /** Puts it back for the next attempt. */
    Uni<Void> reschedule(Duration wait);

    /** Removes it from its queue. */
    Uni<Void> remove();

    /** Logs that the last attempt has failed. */
    void logAbandoned(String reason);

    /** Logs that it must not be sent to its URL. */
    void logForbidden(String reason);
}
