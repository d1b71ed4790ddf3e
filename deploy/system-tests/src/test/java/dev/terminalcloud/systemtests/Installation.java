package dev.terminalcloud.systemtests;

import java.nio.file.Path;

/** The locations of the files under test. */
public final class Installation {
    private Installation() {}

    /** Returns the root of the repository. */
    public static Path root() {
        return Path.of(property("terminalcloud.root")).toAbsolutePath().normalize();
    }

    /** Returns the folder of the stack that the tests start. */
    public static Path stackFolder() {
        return Path.of(property("terminalcloud.stack")).toAbsolutePath().normalize();
    }

    /** Returns the file of the table of the conformance tests. */
    public static Path conformanceTable() {
        return Path.of(property("terminalcloud.conformance")).toAbsolutePath().normalize();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("System property " + name + " must be set by the build");
        }
        return value;
    }
}
