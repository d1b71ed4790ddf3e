package dev.terminalcloud.certification.pos.gateway;

import java.time.Duration;

/**
 * A callback about a transaction.
 *
 * @param state the state that it shows
 * @param genuineKey whether it is signed with the token of the transaction
 * @param age how old its timestamp is
 */
public record Callback(TransactionState state, long version, boolean genuineKey, Duration age) {
    private static final Duration TOO_OLD = Duration.ofMinutes(10);

    /** Returns a callback that the gateway would send. */
    public static Callback genuine(TransactionState state, long version) {
        return new Callback(state, version, true, Duration.ZERO);
    }

    /** Returns a callback that is signed with another key. */
    public static Callback forged(TransactionState state, long version) {
        return new Callback(state, version, false, Duration.ZERO);
    }

    /** Returns a callback that was signed ten minutes ago, as if somebody had recorded it. */
    public static Callback old(TransactionState state, long version) {
        return new Callback(state, version, true, TOO_OLD);
    }

    boolean isGenuine() {
        return genuineKey && age.isZero();
    }
}
