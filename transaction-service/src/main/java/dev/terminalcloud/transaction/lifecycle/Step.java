package dev.terminalcloud.transaction.lifecycle;

/** Reaction to a signal; {@link Phase} decides which. */
public enum Step {
    START_AND_GRANT,
    GRANT_AGAIN,
    REFUSE_START,
    /**
     * The grant may have arrived, or have been lost: a device that runs it ignores the refusal, and one that has only claimed
     * it never runs it. Its report says which.
     */
    REFUSE_START_AND_REQUEST_REPORT,
    /** CANCELLED + FAILED-INTERFACE: it certainly never ran and never will. */
    COMPLETE_AS_NEVER_RUN,
    /** CANCELLED + CANCELLED; the offer is withdrawn. */
    COMPLETE_AS_CANCELLED,
    COMPLETE_WITH_RESULT,
    /** The device ran it without a grant: its report counts. */
    COMPLETE_WITH_RESULT_AND_ALERT,
    /** An operator has resolved it; a later report of the device is compared with that outcome. */
    COMPLETE_AS_RESOLVED,
    ASK_DEVICE_TO_CANCEL,
    /** The cancellation is too late, or unanswered; the transaction goes on as it is. */
    END_CANCELLATION_AS_TOO_LATE,
    END_CANCELLATION_AS_UNANSWERED,
    DELAY,
    /** The device has lost its journal: only an operator can resolve the transaction. */
    DELAY_AND_ALERT,
    /** The device ran it without a grant, and did not tell how it ended: only an operator or a better report can. */
    START_AS_UNREADABLE,
    /** It is not known what the device reported: an operator may resolve the transaction, unless a better report comes. */
    DELAY_AS_UNREADABLE,
    /** The same result again has no effect; another one is stored as a discrepancy, with an alert. */
    COMPARE_RESULT,
    /**
     * The device reports that it never ran: no effect if the outcome is a cancellation, else a discrepancy with an
     * alert.
     */
    COMPARE_REFUSAL,
    NOTHING
}
