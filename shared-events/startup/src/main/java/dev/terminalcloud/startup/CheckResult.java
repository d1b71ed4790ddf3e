package dev.terminalcloud.startup;

/** Result of one check of a {@link Prerequisite}. */
public sealed interface CheckResult {

    /** The prerequisite is met. */
    record Available() implements CheckResult {}

    /** The server is unreachable, or does not serve yet; the service waits for it without a limit. */
    record Unavailable(String reason) implements CheckResult {}

    /** The server is available, but something on it is missing. It may be under construction: the service waits for a limited time. */
    record Incomplete(String reason) implements CheckResult {}

    /** Waiting would not help: an operator has to correct it. */
    record Misconfigured(String reason) implements CheckResult {}
}
