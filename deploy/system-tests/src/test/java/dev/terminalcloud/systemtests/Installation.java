package dev.terminalcloud.systemtests;

import java.nio.file.Path;

/** Where the things under test are. */
public final class Installation {
    private Installation() {}

    /** The top of the repository. */
    public static Path root() {
        return Path.of(property("terminalcloud.root")).toAbsolutePath().normalize();
    }

    /** The folder of the stack that the tests start. */
    public static Path stackFolder() {
        return Path.of(property("terminalcloud.stack")).toAbsolutePath().normalize();
    }

    /** Where the table of the conformance tests is written. */
    public static Path conformanceTable() {
        return Path.of(property("terminalcloud.conformance")).toAbsolutePath().normalize();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is set by the build");
        }
        return value;
    }
}
