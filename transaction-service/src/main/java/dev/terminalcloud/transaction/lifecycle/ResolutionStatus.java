package dev.terminalcloud.transaction.lifecycle;

/**
 * Resolution status of a transaction: whether it needs manual resolution. An operator may resolve it only if its device
 * can't report the outcome, or has not for too long.
 *
 * <pre>
 *   QUEUED                                                    QUEUED               .
 *   STARTED    its device lost its journal                    NEVER_SEEN           operator
 *              its device's report can't be used              REPORT_UNREADABLE    operator
 *              not delayed                                    RUNNING              .
 *              delayed, its device is revoked, disconnected   REVOKED              operator
 *              delayed, not timed out                         AWAITING_DEVICE      .
 *              timed out, its device has just reconnected     DEVICE_RECONNECTED   .
 *              timed out                                      DEVICE_UNRESPONSIVE  operator
 *   COMPLETED                                                 COMPLETED            .
 * </pre>
 *
 * <p>It is timed out when {@code transaction.manual-resolution-after} has passed since it was overdue, by the database's
 * clock. A device has just reconnected while its session is younger than ten minutes, in which it is asked at least twice.
 * A device that is connected and never answers must not keep a transaction open for ever, so after that its connection
 * does not prevent manual resolution.
 */
public enum ResolutionStatus {
    QUEUED("Not started; ends by itself within seconds"),
    RUNNING("The device is running it"),
    /** The device has lost its journal: it proves nothing, and will never report. */
    NEVER_SEEN("The device lost its journal. Ask the merchant and the acquirer whether the customer was charged"),
    /** The device may have reported, in words that can't be used. It is asked again, and a better report still counts. */
    REPORT_UNREADABLE("The device may have reported the outcome, but the report is invalid: see its discrepancies."
            + " Ask the merchant and the acquirer whether the customer was charged"),
    /** The device is not connected and can't connect again. */
    REVOKED(
            "The device is revoked and will not reconnect. Ask the merchant and the acquirer whether the customer was charged"),
    AWAITING_DEVICE("The device may still report the outcome"),
    DEVICE_RECONNECTED("The device has just reconnected and has been asked for its report"),
    /** The device has not reported for too long, connected or not. */
    DEVICE_UNRESPONSIVE(
            "The device has not reported for too long. Ask the merchant and the acquirer whether the customer was charged"),
    COMPLETED("The outcome is final");

    private static final String SQL =
            """
            case
                when t.phase = 'QUEUED' then 'QUEUED'
                when t.phase = 'COMPLETED' then 'COMPLETED'
                when t.never_seen_at is not null then 'NEVER_SEEN'
                when t.report_unreadable_at is not null then 'REPORT_UNREADABLE'
                when t.delayed_at is null then 'RUNNING'
                when t.device_revoked and t.connected_since is null then 'REVOKED'
                when t.overdue_at + cast(%s as bigint) * interval '1 second' > now() then 'AWAITING_DEVICE'
                when t.connected_since > now() - interval '10 minutes' then 'DEVICE_RECONNECTED'
                else 'DEVICE_UNRESPONSIVE'
            end
            """;

    private final String explanation;

    ResolutionStatus(String explanation) {
        this.explanation = explanation;
    }

    /** Returns true if an operator may resolve the transaction. */
    public boolean needsOperator() {
        return switch (this) {
            case NEVER_SEEN, REPORT_UNREADABLE, REVOKED, DEVICE_UNRESPONSIVE -> true;
            case QUEUED, RUNNING, AWAITING_DEVICE, DEVICE_RECONNECTED, COMPLETED -> false;
        };
    }

    /** Returns the reason why it needs manual resolution, or why it does not. */
    public String explanation() {
        return explanation;
    }

    /**
     * Returns the SQL expression of the status of the row {@code t} of the view {@code transaction_overview}.
     *
     * @param unansweredSeconds the statement's parameter for {@code transaction.manual-resolution-after}, in seconds
     */
    public static String sql(String unansweredSeconds) {
        return SQL.formatted(unansweredSeconds);
    }
}
