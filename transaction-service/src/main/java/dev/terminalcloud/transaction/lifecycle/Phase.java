package dev.terminalcloud.transaction.lifecycle;

/**
 * State of a transaction. One database row holds it, so one update decides.
 *
 * <pre>
 *               CLAIMED         CLAIMED_AFTER_UNPAIRING  REFUSED    FINISHED    EXPIRED    CANCEL          CANCEL_REFUSED  CANCEL_UNANSWERED  LOST, OVERDUE   NEVER_SEEN      RESULT_UNREADABLE  MESSAGE_UNREADABLE  OPERATOR_RESOLVED
 *   QUEUED      STARTED, grant  COMPLETED*, refuse       COMPLETED* COMPLETED!  COMPLETED* COMPLETED**     .               .                  .               .               STARTED!, delayed  .                   .
 *   STARTED     grant again     refuse, ask the device   COMPLETED* COMPLETED   .          ask the device  too late        unanswered         delayed         delayed, alert  delayed            delayed             COMPLETED***
 *   COMPLETED   refuse          refuse                   . or alert . or alert  .          .               .               .                  .               .               .                  .                   .
 * </pre>
 *
 * <ul>
 *   <li>{@code .} late or repeated: nothing changes
 *   <li>{@code *} CANCELLED + FAILED-INTERFACE: it certainly never ran and never will
 *   <li>{@code **} CANCELLED + CANCELLED, the offer is withdrawn
 *   <li>{@code ***} the outcome of an operator, accepted only where {@link ResolutionStatus} needs one
 *   <li>{@code !} the device ran without a grant: its report counts, and an alert is raised
 *   <li>RESULT_UNREADABLE, MESSAGE_UNREADABLE: what the device sent is stored, with an alert; an operator may resolve the transaction
 *   <li>REFUSED after one of these is REFUSED_AFTER_REPORT, in each phase: stored with an alert unless the transaction is cancelled; it proves
 *       nothing, since the device contradicts itself
 * </ul>
 */
public enum Phase {
    /** Accepted, not granted: nothing can have happened yet. */
    QUEUED,
    /** The device may act on it; only the device knows how it ends. */
    STARTED,
    /** It has its final outcome, which never changes. */
    COMPLETED;

    /** Returns the step that the signal needs. Never throws: a signal is absorbed. */
    public Step on(Signal signal) {
        return switch (this) {
            case QUEUED ->
                switch (signal) {
                    case CLAIMED -> Step.START_AND_GRANT;
                    case CLAIMED_AFTER_UNPAIRING, REFUSED, EXPIRED -> Step.COMPLETE_AS_NEVER_RUN;
                    case FINISHED -> Step.COMPLETE_WITH_RESULT_AND_ALERT;
                    case CANCEL -> Step.COMPLETE_AS_CANCELLED;
                    case RESULT_UNREADABLE -> Step.START_AS_UNREADABLE;
                    case REFUSED_AFTER_REPORT -> Step.COMPARE_REFUSAL;
                    case CANCEL_REFUSED,
                            CANCEL_UNANSWERED,
                            LOST,
                            OVERDUE,
                            NEVER_SEEN,
                            MESSAGE_UNREADABLE,
                            OPERATOR_RESOLVED -> Step.NOTHING;
                };
            case STARTED ->
                switch (signal) {
                    case CLAIMED -> Step.GRANT_AGAIN;
                    case CLAIMED_AFTER_UNPAIRING -> Step.REFUSE_START_AND_REQUEST_REPORT;
                    case REFUSED -> Step.COMPLETE_AS_NEVER_RUN;
                    case REFUSED_AFTER_REPORT -> Step.COMPARE_REFUSAL;
                    case FINISHED -> Step.COMPLETE_WITH_RESULT;
                    case EXPIRED -> Step.NOTHING;
                    case CANCEL -> Step.ASK_DEVICE_TO_CANCEL;
                    case CANCEL_REFUSED -> Step.END_CANCELLATION_AS_TOO_LATE;
                    case CANCEL_UNANSWERED -> Step.END_CANCELLATION_AS_UNANSWERED;
                    case LOST, OVERDUE -> Step.DELAY;
                    case NEVER_SEEN -> Step.DELAY_AND_ALERT;
                    case RESULT_UNREADABLE, MESSAGE_UNREADABLE -> Step.DELAY_AS_UNREADABLE;
                    case OPERATOR_RESOLVED -> Step.COMPLETE_AS_RESOLVED;
                };
            case COMPLETED ->
                switch (signal) {
                    case CLAIMED, CLAIMED_AFTER_UNPAIRING -> Step.REFUSE_START;
                    case REFUSED, REFUSED_AFTER_REPORT -> Step.COMPARE_REFUSAL;
                    case FINISHED -> Step.COMPARE_RESULT;
                    case EXPIRED,
                            CANCEL,
                            CANCEL_REFUSED,
                            CANCEL_UNANSWERED,
                            LOST,
                            OVERDUE,
                            NEVER_SEEN,
                            RESULT_UNREADABLE,
                            MESSAGE_UNREADABLE,
                            OPERATOR_RESOLVED -> Step.NOTHING;
                };
        };
    }
}
