package dev.terminalcloud.checker.plan;

/** The use of an {@code Idempotency-Key}: with a key, a register repeats a start that has no certain response. */
public enum KeyUse {
    NONE,
    UNTIL_ANSWERED,
    /** Also after the response, and when the transaction has ended. */
    AFTER_SUCCESS,
    /** The first two requests are sent at the same time. */
    TWICE_AT_ONCE
}
