package dev.terminalcloud.benchmark.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The processor time of processes, from Linux's {@code /proc} (proc(5)), in its resolution of 10 ms. */
final class ProcessorTime {
    /** The clock ticks of {@code /proc} on each supported architecture: 100 a second. */
    private static final long MILLIS_PER_TICK = 10;

    /** Index of utime after the name of the process, which can contain spaces and ends with a parenthesis. */
    private static final int USER_TIME = 11;

    private static final int TIMES = 4;

    private ProcessorTime() {}

    /** Returns user and system time of a process and of its children that have exited; 0 if it has exited itself. */
    static long millis(long pid) throws IOException {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    static long parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = 0; i < TIMES; i++) {
            ticks += Long.parseLong(fields[USER_TIME + i]);
        }
        return ticks * MILLIS_PER_TICK;
    }
}
