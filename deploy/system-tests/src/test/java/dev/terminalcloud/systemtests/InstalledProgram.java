package dev.terminalcloud.systemtests;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The programs that are installed on this machine. */
public final class InstalledProgram {
    /** Servers are often installed in a folder that is not on the PATH of users. */
    private static final String FOLDERS = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";

    private InstalledProgram() {}

    public static Optional<Path> find(String name) {
        return Arrays.stream(FOLDERS.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
