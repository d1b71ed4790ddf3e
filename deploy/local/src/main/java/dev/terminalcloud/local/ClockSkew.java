package dev.terminalcloud.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Lets a process see another time of day than the machine has, by libfaketime; what measures durations stays right. */
final class ClockSkew {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private ClockSkew() {}

    /**
     * What a replica is started with.
     *
     * @param minutes by which it is wrong, 0 for the right time
     * @param replica from 0: odd ones are ahead, even ones behind
     * @throws StackException if libfaketime is not there
     */
    static Map<String, String> environment(int minutes, int replica) {
        if (minutes == 0) {
            return Map.of();
        }
        Path library = LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        "--clock-skew needs libfaketime, which is not at any of %s: install the package faketime"
                                .formatted(LIBRARIES)));
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                "%+dm".formatted(replica % 2 == 0 ? -minutes : minutes),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Or else timed waits of Java, which are by that clock, would end at once, and threads spin.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
