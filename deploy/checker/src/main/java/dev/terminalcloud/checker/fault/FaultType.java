package dev.terminalcloud.checker.fault;

import java.util.EnumSet;
import java.util.Set;

/** A way in which a component fails. Where there are replicas, most types affect one of them. */
public enum FaultType {
    /** {@code kill -9}; the launcher restarts the process. */
    KILL("kill", 0, 0, Component.PROCESSES),
    /** Graceful shutdown; the launcher restarts the process. */
    TERMINATE("terminate", 0, 0, Component.PROCESSES),
    /** SIGSTOP: connections stay open and nothing is answered. */
    PAUSE("pause", 1, 8, Component.PROCESSES),
    LONG_PAUSE("long-pause", 8, 30, Component.PROCESSES),
    /** All replicas are killed, and their replacements do not start for a while. */
    OUTAGE("outage", 3, 15, Component.PROCESSES),
    LONG_OUTAGE("long-outage", 30, 70, Component.PROCESSES),
    /** The connections of one process, or of all, to a server are reset, and so are new ones. */
    CONNECTION_RESET("connection-reset", 1, 15, Component.BROKER, Component.DATABASE),
    /** No bytes arrive on these connections, without an error. */
    STALL("stall", 1, 15, Component.BROKER, Component.DATABASE),
    /** No bytes ever arrive again on the existing connections; new ones work. */
    BLACKHOLE("blackhole", 1, 1, Component.BROKER, Component.DATABASE),
    /** All bytes arrive 50 to 500 ms later, in either direction. */
    LATENCY("latency", 3, 15, Component.BROKER, Component.DATABASE),
    /** A connection is reset when the database confirms a commit on it. */
    LOST_COMMIT_ACK("lost-commit-ack", 1, 5, Component.DATABASE),
    /** Records are sent again, up to half a minute later. */
    DUPLICATE_RECORDS("duplicate-records", 5, 15, Component.BROKER),
    /** A second connector has the same index for a while. */
    DUPLICATE_CONNECTOR("duplicate", 5, 12, Component.CONNECTOR),
    /** No free byte is left on its disk. */
    DISK_FULL("disk-full", 3, 15, Component.BROKER),
    /** Its data are gone, and it starts again without any. */
    DATA_LOSS("data-loss", 0, 0, Component.BROKER),
    /** All processes are replaced one after the other, as Kubernetes does it: a planned change, by which nothing may fail. */
    ROLLING_RESTART(
            "rolling-restart",
            0,
            0,
            Component.PAIRING_SERVICE,
            Component.TRANSACTION_SERVICE,
            Component.CONNECTOR,
            Component.SERVICES);

    private final String prefix;
    private final int minSeconds;
    private final int maxSeconds;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Component> parts = EnumSet.noneOf(Component.class);

    FaultType(String prefix, int minSeconds, int maxSeconds, Component... parts) {
        this(prefix, minSeconds, maxSeconds, Set.of(parts));
    }

    FaultType(String prefix, int minSeconds, int maxSeconds, Set<Component> parts) {
        this.prefix = prefix;
        this.minSeconds = minSeconds;
        this.maxSeconds = maxSeconds;
        this.parts.addAll(parts);
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

    /** Returns whether operators do it on purpose. */
    public boolean isPlanned() {
        return this == ROLLING_RESTART;
    }

    /** Returns whether it is a disaster, for which operators have a backup. */
    boolean isDisaster() {
        return this == DATA_LOSS;
    }

    /** Returns whether this type of fault can happen to the component. */
    boolean appliesTo(Component part) {
        return parts.contains(part);
    }

    @Override
    public String toString() {
        return prefix;
    }
}
