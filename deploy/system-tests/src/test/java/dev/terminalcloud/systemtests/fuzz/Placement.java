package dev.terminalcloud.systemtests.fuzz;

/** The place of the parameters in a request. */
enum Placement {
    FORM,
    QUERY,
    JSON,
    /** The corrupted ones in the query, the others in the body. */
    BOTH
}
