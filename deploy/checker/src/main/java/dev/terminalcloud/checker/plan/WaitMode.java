package dev.terminalcloud.checker.plan;

/** The way in which a register waits for the end of a transaction that it has started. */
public enum WaitMode {
    POLL,
    LONG_POLL,
    EVENT_STREAM
}
