package dev.terminalcloud.transaction.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.TransactionEvent.OfTransaction;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionPrompted;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A transaction as a poll shows it. Immutable. Its times are those of the ticker that {@link ViewMemory} has: nanoseconds
 * of this process, which no wrong clock can move.
 *
 * @param tokenEnd when its token expires
 * @param confirmed when the database was last known to have no newer version
 */
record View(Envelope envelope, long tokenEnd, long confirmed) {

    long version() {
        return envelope.version();
    }

    /** A final answer: nothing can make it wrong. */
    boolean isCompleted() {
        return envelope.isCompleted();
    }

    /** In constant time. */
    boolean isOpenedBy(String token) {
        return MessageDigest.isEqual(envelope.merchantAccessToken().toString().getBytes(UTF_8), token.getBytes(UTF_8));
    }

    boolean isTokenExpired(long now) {
        return now - tokenEnd > 0;
    }

    boolean isConfirmedWithin(long nanos, long now) {
        return now - confirmed <= nanos;
    }

    /** It is known that nothing had changed at that time. */
    View confirmed(long time) {
        return time - confirmed > 0 ? new View(envelope, tokenEnd, time) : this;
    }

    /** What the change makes of it; empty if the change does not say enough, or is not the very next. */
    Optional<View> after(OfTransaction change) {
        if (change.version() != version() + 1) {
            return Optional.empty();
        }
        if (change instanceof TransactionDelayed) {
            return Optional.of(showing(envelope.delayed(change.version())));
        }
        boolean showsInVersionAlone = change instanceof TransactionStarted || change instanceof TransactionPrompted;
        return showsInVersionAlone ? Optional.of(showing(envelope.at(change.version()))) : Optional.empty();
    }

    private View showing(Envelope next) {
        return new View(next, tokenEnd, confirmed);
    }
}
