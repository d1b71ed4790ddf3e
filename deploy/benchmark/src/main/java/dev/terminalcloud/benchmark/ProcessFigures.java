package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory and threads of a process, from Linux's {@code /proc} (proc(5)).
 *
 * @param residentMegabytes current resident memory
 * @param threads current number of threads
 */
record ProcessFigures(long residentMegabytes, int threads) {
    private static final long KILOBYTES = 1024;

    static ProcessFigures of(long pid) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        return new ProcessFigures(number(status, "VmRSS:") / KILOBYTES, (int) number(status, "Threads:"));
    }

    private static long number(List<String> status, String name) throws IOException {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc has no " + name));
    }

    @Override
    public String toString() {
        return residentMegabytes + " MB resident, " + threads + " threads";
    }
}
