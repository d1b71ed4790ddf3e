package dev.terminalcloud.transaction.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.transaction.access.PollingTokens;
import java.security.MessageDigest;

/**
 * A transaction as a poll shows it. Immutable.
 *
 * @param tokenExpiryNanos the time when its token expires, in nanoseconds of this process's ticker, which no wrong
 *     clock can change
 * @param recordExpiryNanos the time of its {@code RecordExpiry}, likewise
 */
record CachedTransaction(Envelope envelope, long tokenExpiryNanos, long recordExpiryNanos) {
    /** A minute more than the minimum validity, for clocks that do not run at the same rate. */
    private static final long RENEWABLE_NANOS =
            PollingTokens.MIN_VALIDITY.plusMinutes(1).toNanos();

    /** Compares the token in constant time. */
    boolean acceptsToken(String token) {
        return MessageDigest.isEqual(envelope.merchantAccessToken().toString().getBytes(UTF_8), token.getBytes(UTF_8));
    }

    /** Returns the one with the higher version; if they are equal, the other. */
    CachedTransaction newerOf(CachedTransaction other) {
        return other.envelope.version() >= envelope.version() ? other : this;
    }

    boolean isTokenExpired(long now) {
        return now - tokenExpiryNanos > 0;
    }

    boolean isRecordExpired(long now) {
        return now - recordExpiryNanos > 0;
    }

    /** Returns true if the token is so old that another replica may have put a new one in its place. */
    boolean mayBeRenewed(long now) {
        return now - tokenExpiryNanos > -RENEWABLE_NANOS;
    }
}
