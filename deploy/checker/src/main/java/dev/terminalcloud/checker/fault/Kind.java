package dev.terminalcloud.checker.fault;

/** How it fails. Where there are replicas, all but {@link #OUTAGE} and {@link #LONG_OUTAGE} meet one of them. */
public enum Kind {
    /** {@code kill -9}; the launcher starts it again. */
    KILL("kill", 0, 0, false),
    /** It is told to end, in order; the launcher starts it again. */
    TERMINATE("terminate", 0, 0, false),
    /** SIGSTOP: its connections stay, and nobody answers. */
    PAUSE("pause", 1, 8, false),
    LONG_PAUSE("long-pause", 8, 30, true),
    /** All replicas are killed, and what is started in their place does not come up for a while. */
    OUTAGE("outage", 3, 15, false),
    LONG_OUTAGE("long-outage", 20, 50, true);

    private final String prefix;
    private final int leastSeconds;
    private final int mostSeconds;
    private final boolean isLong;

    Kind(String prefix, int leastSeconds, int mostSeconds, boolean isLong) {
        this.prefix = prefix;
        this.leastSeconds = leastSeconds;
        this.mostSeconds = mostSeconds;
        this.isLong = isLong;
    }

    int leastSeconds() {
        return leastSeconds;
    }

    int mostSeconds() {
        return mostSeconds;
    }

    boolean isLong() {
        return isLong;
    }

    @Override
    public String toString() {
        return prefix;
    }
}
