package dev.terminalcloud.checker.plan;

/** How a register learns of the end. */
public enum CompletionMode {
    POLLING,
    SYNCHRONOUS
}
