package dev.terminalcloud.transaction.lifecycle;

/** Input of {@link Phase}: from the device, the register, a clock or an operator. */
public enum Signal {
    /** The device has it in its journal and asks whether it may act. */
    CLAIMED,
    /** The device did not run it and never will. */
    REFUSED,
    /** The device reports the outcome. */
    FINISHED,
    /** It was not granted in time. */
    EXPIRED,
    /** The register wants it stopped. */
    CANCEL,
    /** Its device has been without a session for too long. */
    LOST,
    /** It takes longer than any payment should. */
    OVERDUE,
    /** Its device does not know it: the device's journal is lost. */
    NEVER_SEEN,
    /** An operator resolves it, since its device can't: see {@link ResolutionStatus}. */
    OPERATOR_RESOLVED
}
