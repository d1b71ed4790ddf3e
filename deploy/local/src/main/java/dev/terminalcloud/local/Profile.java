package dev.terminalcloud.local;

import java.util.List;
import java.util.Locale;

/** The JVM options of the processes. {@code deploy/local/run} has the options of the launcher. */
enum Profile {
    /** Low memory and a fast startup count for more than peak performance. startup-time.md has the figures. */
    QUICK,

    /** As in production, for measurements: both compilers, G1, and heaps that suffice for any rate. */
    PRODUCTION;

    /** @throws IllegalArgumentException if the name is unknown */
    static Profile parse(String name) {
        return switch (name) {
            case "quick" -> QUICK;
            case "production" -> PRODUCTION;
            default -> throw new IllegalArgumentException("--profile must be quick or production, was " + name);
        };
    }

    /** Returns the JVM options of each process but the launcher. */
    List<String> serviceOptions() {
        return switch (this) {
            case QUICK ->
                List.of(
                        "-Xmx128m",
                        "-Xss512k",
                        // The buffers of connections are bounded as the heap is.
                        "-XX:MaxDirectMemorySize=128m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // The data for jstat, sampled 20 times a second by default, would be a part of the load at
                        // rest.
                        "-XX:PerfDataSamplingInterval=1000",
                        // Only our own build runs: no foreign byte code needs to be verified.
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote");
            case PRODUCTION ->
                List.of(
                        "-Xmx512m",
                        "-XX:MaxDirectMemorySize=256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseG1GC",
                        "-XX:PerfDataSamplingInterval=1000");
        };
    }

    /** Returns the JVM options of Kafka, which override those of the services. */
    List<String> kafkaOptions() {
        return switch (this) {
            case QUICK -> List.of("-Xmx192m");
            // Those of Kafka's own start script.
            case PRODUCTION -> List.of("-Xmx768m", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35");
        };
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
