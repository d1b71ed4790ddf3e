package dev.terminalcloud.checker.fault;

import java.util.EnumSet;
import java.util.Set;

/** How something fails. Where there are replicas, most kinds meet one of them. */
public enum FaultType {
    /** {@code kill -9}; the launcher starts it again. */
    KILL("kill", 0, 0, Component.values()),
    /** It is told to end, in order; the launcher starts it again. */
    TERMINATE("terminate", 0, 0, Component.values()),
    /** SIGSTOP: its connections stay, and nobody answers. */
    PAUSE("pause", 1, 8, Component.values()),
    LONG_PAUSE("long-pause", 8, 30, Component.values()),
    /** All replicas are killed, and what is started in their place does not come up for a while. */
    OUTAGE("outage", 3, 15, Component.values()),
    LONG_OUTAGE("long-outage", 30, 70, Component.values()),
    /** The connections of one process, or of all, to a server are reset, and so are new ones. */
    CONNECTION_RESET("connection-reset", 1, 15, Component.BROKER, Component.DATABASE),
    /** Nothing arrives on them, and nobody is told. */
    STALL("stall", 1, 15, Component.BROKER, Component.DATABASE),
    /** On the connections that are there nothing arrives ever again; new ones work. */
    BLACKHOLE("blackhole", 1, 1, Component.BROKER, Component.DATABASE),
    /** Everything arrives 50 to 500 ms later, in either direction. */
    LATENCY("latency", 3, 15, Component.BROKER, Component.DATABASE),
    /** A connection is reset when the database says on it that it has committed. */
    LOST_COMMIT_ACK("lost-commit-ack", 1, 5, Component.DATABASE),
    /** Records come once more, up to half a minute later. */
    DUPLICATE_RECORDS("duplicate-records", 5, 15, Component.BROKER),
    /** Another connector has the same index for a while. */
    DUPLICATE_CONNECTOR("duplicate", 5, 12, Component.CONNECTOR),
    /** No byte is left where it writes. */
    DISK_FULL("disk-full", 3, 15, Component.BROKER);

    private final String prefix;
    private final int minSeconds;
    private final int maxSeconds;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Component> parts = EnumSet.noneOf(Component.class);

    FaultType(String prefix, int minSeconds, int maxSeconds, Component... parts) {
        this.prefix = prefix;
        this.minSeconds = minSeconds;
        this.maxSeconds = maxSeconds;
        this.parts.addAll(Set.of(parts));
    }

    int minSeconds() {
        return minSeconds;
    }

    int maxSeconds() {
        return maxSeconds;
    }

    boolean isLong() {
        return this == LONG_PAUSE || this == LONG_OUTAGE;
    }

    /** Whether such a thing can happen to the part. */
    boolean appliesTo(Component part) {
        return parts.contains(part);
    }

    @Override
    public String toString() {
        return prefix;
    }
}
