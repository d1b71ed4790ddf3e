package dev.terminalcloud.transaction.lifecycle;

/** What has to be done about a signal; {@link Phase} decides which. */
public enum Step {
    START_AND_GRANT,
    GRANT_AGAIN,
    REFUSE_START,
    /** CANCELLED + FAILED-INTERFACE: it certainly never ran and never will. */
    COMPLETE_AS_NEVER_RUN,
    /** CANCELLED + CANCELLED; the offer is withdrawn. */
    COMPLETE_AS_CANCELLED,
    COMPLETE_WITH_RESULT,
    /** The device ran it without a grant: its word counts. */
    COMPLETE_WITH_RESULT_AND_ALERT,
    /** An operator has stated the outcome; what the device says later is compared with it. */
    COMPLETE_AS_RESOLVED,
    ASK_DEVICE_TO_CANCEL,
    DELAY,
    /** The device has lost its journal: only an operator can state the outcome. */
    DELAY_AND_ALERT,
    /** The same result again is nothing; another one is kept beside the outcome, and an alert is raised. */
    COMPARE_RESULT,
    /** The device says that it never ran: nothing if the outcome is a cancellation, or else kept beside it, with an alert. */
    COMPARE_REFUSAL,
    NOTHING
}
