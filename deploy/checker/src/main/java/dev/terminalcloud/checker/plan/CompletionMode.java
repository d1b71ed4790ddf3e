package dev.terminalcloud.checker.plan;

/** The way in which a register receives the outcome. */
public enum CompletionMode {
    POLLING,
    SYNCHRONOUS
}
