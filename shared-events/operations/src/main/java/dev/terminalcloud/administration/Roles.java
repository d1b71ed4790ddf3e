package dev.terminalcloud.administration;

/** Roles of the administration API. */
public final class Roles {
    /** May read everything, and change everything but outcomes. */
    public static final String ADMIN = "device-admin";

    /** May read. */
    public static final String VIEWER = "device-viewer";

    /** May resolve transactions manually, which concerns somebody's money, and read transactions and the audit trail. */
    public static final String OUTCOME_ADMIN = "outcome-admin";

    private Roles() {}
}
