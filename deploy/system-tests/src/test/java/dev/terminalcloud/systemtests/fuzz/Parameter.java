package dev.terminalcloud.systemtests.fuzz;

/**
 * A parameter of an endpoint.
 *
 * @param name the name in the POS API
 * @param valid a valid value
 * @param inPath true if it is a segment of the path
 */
record Parameter(String name, String valid, boolean inPath) {

    static Parameter of(String name, String valid) {
        return new Parameter(name, valid, false);
    }
}
