package dev.terminalcloud.transaction.lifecycle;

/**
 * Whether only a person can still say how a transaction ended, and may.
 *
 * <pre>
 *   QUEUED                                               QUEUED           .
 *   STARTED    not delayed                               RUNNING          .
 *              its device lost its journal               NEVER_SEEN       a person
 *              delayed, its device is revoked and away   REVOKED          a person
 *              delayed, and its time is not up           AWAITING_DEVICE  .
 *              its time is up, its device is just back   DEVICE_RECONNECTED   .
 *              its time is up                            DEVICE_UNRESPONSIVE        a person
 *   COMPLETED                                            COMPLETED        .
 * </pre>
 *
 * <p>Its time is up when {@code transaction.manual-resolution-after} has passed since it was overdue, by the database's clock; a device is
 * just back while its session is younger than ten minutes, in which it is asked at least twice. A device that is connected
 * and never answers must not keep a transaction open for ever, so being connected does not keep a person out after that.
 */
public enum ResolutionStatus {
    QUEUED("It has not been started, and ends by itself within seconds"),
    RUNNING("Its device is running it"),
    /** The device has lost its journal: it proves nothing, and will never tell. */
    NEVER_SEEN("Its device has lost its journal: ask the merchant and the acquirer whether the customer was charged"),
    /** Its device has no connection and will not get one. */
    REVOKED(
            "Its device is revoked and will not connect again: ask the merchant and the acquirer whether the customer was charged"),
    AWAITING_DEVICE("Its device may still tell how it ended"),
    DEVICE_RECONNECTED("Its device has just come back and is being asked how it ended"),
    /** The device has not told for too long, connected or not. */
    DEVICE_UNRESPONSIVE(
            "Its device has not told for too long: ask the merchant and the acquirer whether the customer was charged"),
    COMPLETED("It has its final outcome");

    private static final String OPEN_SESSIONS =
            """
            select from device_session s join connector c
                on c.connector_index = s.connector_index and c.epoch = s.connector_epoch and c.suspended_at is null
            where s.device_id = t.device_id and s.ended_at is null
            """;

    private static final String SQL =
            """
            case
                when t.phase = 'QUEUED' then 'QUEUED'
                when t.phase = 'COMPLETED' then 'COMPLETED'
                when t.never_seen_at is not null then 'NEVER_SEEN'
                when t.delayed_at is null then 'RUNNING'
                when exists (select from registered_device r where r.device_id = t.device_id and r.revoked)
                    and not exists (%1$s) then 'REVOKED'
                when t.overdue_at + cast(%2$s as bigint) * interval '1 second' > now() then 'AWAITING_DEVICE'
                when exists (%1$s and s.opened_at > now() - interval '10 minutes') then 'DEVICE_RECONNECTED'
                else 'DEVICE_UNRESPONSIVE'
            end
            """;

    private final String explanation;

    ResolutionStatus(String explanation) {
        this.explanation = explanation;
    }

    /** True if an operator may state the outcome. */
    public boolean needsOperator() {
        return this == NEVER_SEEN || this == REVOKED || this == DEVICE_UNRESPONSIVE;
    }

    /** Why it needs a person, or why it does not. */
    public String explanation() {
        return explanation;
    }

    /**
     * Tells it of the row {@code t} of the table of transactions.
     *
     * @param unansweredSeconds the parameter, as the statement names it
     */
    public static String sql(String unansweredSeconds) {
        return SQL.formatted(OPEN_SESSIONS, unansweredSeconds);
    }
}
