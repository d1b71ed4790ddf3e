package dev.terminalcloud.transaction.lifecycle;

/** Input of {@link Phase}: from the device, the register, a clock or an operator. */
public enum Signal {
    /** The device has it in its journal and asks whether it may act. */
    CLAIMED,
    /** The device asks whether it may act under a pairing that has ended since: it never may. */
    CLAIMED_AFTER_UNPAIRING,
    /** The device did not run it and never will. */
    REFUSED,
    /** The device reports that it never ran, after a report that could not be used: it contradicts itself. */
    REFUSED_AFTER_REPORT,
    /** The device reports the outcome. */
    FINISHED,
    /** It was not granted in time. */
    EXPIRED,
    /** The register wants it stopped. */
    CANCEL,
    /** The device can no longer stop it. */
    CANCEL_REFUSED,
    /** The device has not answered in time that it is to stop it. */
    CANCEL_UNANSWERED,
    /** Its device has been without a session for too long. */
    LOST,
    /** It takes longer than any payment should. */
    OVERDUE,
    /** Its device does not know it: the device's journal is lost. */
    NEVER_SEEN,
    /** Its device reports that it has ended, in words that do not tell how. */
    RESULT_UNREADABLE,
    /** Its device sends something that can't be used; it may be the report. */
    MESSAGE_UNREADABLE,
    /** An operator resolves it, since its device can't: see {@link ResolutionStatus}. */
    OPERATOR_RESOLVED
}
