package dev.terminalcloud.administration;

/** What somebody may do in the administration of a service. */
public final class Roles {
    /** May change everything but outcomes, and look. */
    public static final String ADMIN = "device-admin";

    /** May look. */
    public static final String VIEWER = "device-viewer";

    /** May say how a transaction ended, which is about somebody's money; and look at transactions. */
    public static final String OUTCOME_ADMIN = "outcome-admin";

    private Roles() {}
}
