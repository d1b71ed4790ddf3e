package dev.terminalcloud.transaction.lifecycle;

/** Why something that a device said is kept beside its transaction, for a person to look at. Each but the last is an alert. */
public enum DiscrepancyReason {
    /** There is no such transaction. */
    UNKNOWN_TRANSACTION,
    /** The transaction belongs to another device. */
    OTHER_DEVICE,
    /** The transaction had ended differently. */
    CONTRADICTS_OUTCOME,
    /** The device ran a transaction that it had not been granted. */
    RAN_WITHOUT_GRANT,
    /** The device has lost its journal: nobody knows whether it ran the transaction. */
    NEVER_SEEN,
    /** The message broke the device protocol. */
    REJECTED_MESSAGE,
    /** The device says what an operator had stated, with its receipt and references: kept for those. */
    CONFIRMS_RESOLUTION;

    boolean isAlert() {
        return this != CONFIRMS_RESOLUTION;
    }
}
