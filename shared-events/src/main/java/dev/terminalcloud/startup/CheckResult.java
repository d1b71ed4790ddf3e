package dev.terminalcloud.startup;

/** What one look at a {@link Prerequisite} has found. */
public sealed interface CheckResult {

    /** Everything is there. */
    record Available() implements CheckResult {}

    /** The server can't be reached, or can't serve yet; however long that takes, it is waited for. */
    record Unavailable(String reason) implements CheckResult {}

    /** The server is there, and something on it is not. Somebody may be making it just now: it is waited for, not for ever. */
    record Incomplete(String reason) implements CheckResult {}

    /** Waiting would change nothing: a person has to. */
    record Misconfigured(String reason) implements CheckResult {}
}
