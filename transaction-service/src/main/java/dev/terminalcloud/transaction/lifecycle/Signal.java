package dev.terminalcloud.transaction.lifecycle;

/** What can be heard about a transaction: from its device, from the register, from the clock, or from a person. */
public enum Signal {
    /** The device has it in its journal and asks whether it may act. */
    CLAIMED,
    /** The device did not run it and never will. */
    REFUSED,
    /** The device says how it ended. */
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
    /** An operator says how it ended, when nobody else will: see {@link ResolutionStatus}. */
    OPERATOR_RESOLVED
}
