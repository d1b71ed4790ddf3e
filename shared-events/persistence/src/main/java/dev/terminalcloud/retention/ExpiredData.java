package dev.terminalcloud.retention;

/** Kind of data that is removed when its retention is over; in lower case the label {@code data} of the metric. */
public enum ExpiredData {
    AUDIT_ENTRY,
    RESOLVED_DEAD_LETTER,
    TRANSACTION,
    /** Polling token, callback URL and prompt of a transaction that has ended. */
    TRANSACTION_ACCESS,
    /** The key with which a register may repeat a start. */
    IDEMPOTENCY_KEY,
    DISCREPANCY,
    /** Contact details and names of a register that is not paired. */
    REGISTER_CONTACT
}
