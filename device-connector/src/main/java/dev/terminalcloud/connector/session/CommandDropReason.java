package dev.terminalcloud.connector.session;

/** Why a command was not delivered. */
public enum CommandDropReason {
    /** The session that it names is not open here, or not any more. */
    NO_SESSION,
    /** Greater than this connector sends or the device takes. */
    TOO_LARGE,
    /** From a newer build. */
    UNKNOWN_TYPE,
    /** Put aside in the dead-letter topic. */
    MALFORMED
}
