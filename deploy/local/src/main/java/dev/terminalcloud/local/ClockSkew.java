package dev.terminalcloud.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Shifts the wall clock of a process with libfaketime; its monotonic clock, which measures durations, stays right. */
final class ClockSkew {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private ClockSkew() {}

    /**
     * Returns the environment that skews the clock of a replica.
     *
     * @param minutes the skew, 0 for none
     * @param replica from 0: odd replicas are ahead, even ones behind
     * @throws StackException if libfaketime is not installed
     */
    static Map<String, String> environment(int minutes, int replica) {
        if (minutes == 0) {
            return Map.of();
        }
        Path library = LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        "--clock-skew needs libfaketime, which was not found at any of %s. Install the package faketime"
                                .formatted(LIBRARIES)));
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                "%+dm".formatted(replica % 2 == 0 ? -minutes : minutes),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Without it timed waits of Java, which use the monotonic clock, would return at once, and threads
                // spin.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
