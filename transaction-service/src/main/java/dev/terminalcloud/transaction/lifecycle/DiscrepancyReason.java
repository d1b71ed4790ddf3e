package dev.terminalcloud.transaction.lifecycle;

/** Reason why a device event is stored beside its transaction for manual review. Each but the last raises an alert. */
public enum DiscrepancyReason {
    /** The transaction does not exist. */
    UNKNOWN_TRANSACTION,
    /** The transaction belongs to another device. */
    OTHER_DEVICE,
    /** The transaction had ended differently. */
    CONTRADICTS_OUTCOME,
    /** The device ran a transaction that it had not been granted. */
    RAN_WITHOUT_GRANT,
    /** The device has lost its journal, so it is unknown whether it ran the transaction. */
    NEVER_SEEN,
    /** The message broke the device protocol. */
    REJECTED_MESSAGE,
    /** The message could not be parsed; it may have been the report of the transaction that the device ran. */
    UNREADABLE_MESSAGE,
    /** The results in the report are not an answer of the POS API to the function, see {@link FinalAnswer}. */
    INVALID_RESULT,
    /** The outcome is that of the device, without the members of its report that broke the device protocol. */
    INVALID_MEMBERS,
    /** The outcome is that of the device, with other amounts than the requested ones plus surcharge and tip, or an invalid amount. */
    AMOUNT_MISMATCH,
    /** The device confirms the outcome of an operator. Stored for its references. */
    CONFIRMS_RESOLUTION;

    /** Returns whether the event is about a transaction that its device has nothing to do with. */
    boolean isUnrelated() {
        return this == UNKNOWN_TRANSACTION || this == OTHER_DEVICE;
    }

    boolean isAlert() {
        return this != CONFIRMS_RESOLUTION;
    }
}
