package dev.terminalcloud.systemtests.fuzz;

/**
 * A parameter of an endpoint.
 *
 * @param name as the POS API has it
 * @param valid a value that is right
 * @param inPath whether it is a segment of the path
 */
record Parameter(String name, String valid, boolean inPath) {

    static Parameter of(String name, String valid) {
        return new Parameter(name, valid, false);
    }
}
