package dev.terminalcloud.transaction.table;

/** Why something has to be done about a transaction now, by the database's clock. */
public enum DueReason {
    /** It was not granted in time. */
    EXPIRED,
    /** It runs for too long, and is not delayed yet. */
    OVERDUE,
    /** Its device has not answered a cancellation. */
    CANCEL_UNANSWERED,
    /** It runs on a device that is offline, and is not delayed yet. */
    LOST,
    /** It is delayed and its device is connected. Finding it sets the time of its next report: 15 s later, and up to 5 min. */
    UNREPORTED,
    /** It is queued, and its device has a session that did not get the offer. */
    UNOFFERED
}
