package dev.terminalcloud.startup;

/** What one look at a {@link Prerequisite} has found. */
public sealed interface Finding {

    /** Everything is there. */
    record Present() implements Finding {}

    /** The server can't be reached, or can't serve yet; however long that takes, it is waited for. */
    record Away(String reason) implements Finding {}

    /** The server is there, and something on it is not. Somebody may be making it just now: it is waited for, not for ever. */
    record Incomplete(String reason) implements Finding {}

    /** Waiting would change nothing: a person has to. */
    record Wrong(String reason) implements Finding {}
}
