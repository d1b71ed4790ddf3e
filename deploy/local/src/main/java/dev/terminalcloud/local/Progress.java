package dev.terminalcloud.local;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Output to the terminal: one line for each step, with the seconds since the command. Thread-safe. */
final class Progress {
    private final PrintWriter out;
    private final long startNanos = System.nanoTime()
            - TimeUnit.MILLISECONDS.toNanos(ManagementFactory.getRuntimeMXBean().getUptime());

    Progress(PrintWriter out) {
        this.out = out;
    }

    void step(String text) {
        print("%7s  %s".formatted(elapsed(), text));
    }

    /** Prints several lines as they are. */
    void block(String text) {
        print(text);
    }

    void failed(String text) {
        print("%7s  FAILED: %s".formatted(elapsed(), text));
    }

    private String elapsed() {
        long tenths = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) / 100;
        return "%d.%d s".formatted(tenths / 10, tenths % 10);
    }

    private synchronized void print(String text) {
        out.println(text);
        out.flush();
    }
}
