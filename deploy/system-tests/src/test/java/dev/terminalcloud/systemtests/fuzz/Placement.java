package dev.terminalcloud.systemtests.fuzz;

/** Where a register puts its parameters. */
enum Placement {
    FORM,
    QUERY,
    JSON,
    /** The spoiled ones in the query, the others in the body. */
    BOTH
}
