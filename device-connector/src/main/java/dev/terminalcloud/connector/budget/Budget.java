package dev.terminalcloud.connector.budget;

/** Resource that one device may use up to a limit, so that it harms no other: an exceeded budget ends its session. */
public enum Budget {
    /** Connections a minute. */
    CONNECTIONS,
    /** Messages a second. */
    MESSAGES,
    /** Bytes a second, of packets of any type. */
    BYTES,
    /** Transactions an hour that the cloud has not named to the device. */
    UNKNOWN_TRANSACTIONS,
    /** Requests of a pairing code. */
    PAIRING_CODES
}
