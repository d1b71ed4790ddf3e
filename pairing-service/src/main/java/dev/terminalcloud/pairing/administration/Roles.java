package dev.terminalcloud.pairing.administration;

/** What somebody may do here. */
final class Roles {
    /** May change everything, and look. */
    static final String ADMIN = "device-admin";

    /** May look. */
    static final String VIEWER = "device-viewer";

    private Roles() {}
}
