package dev.terminalcloud.connector.session;

/** Reason why a command was not delivered. */
public enum CommandDropReason {
    /** The session that it names is not open here, or no longer open. */
    NO_SESSION,
    /** The command is larger than this connector sends or the device accepts. */
    TOO_LARGE,
    /** The command is from a newer build. */
    UNKNOWN_TYPE,
    /** The command was sent to the dead-letter topic. */
    MALFORMED
}
