package dev.terminalcloud.transaction.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/**
 * A transaction as a poll shows it. Immutable.
 *
 * @param tokenExpiryNanos the time when its token expires, in nanoseconds of this process's ticker, which no wrong
 *     clock can change
 */
record CachedTransaction(Envelope envelope, long tokenExpiryNanos) {

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
}
