package dev.terminalcloud.systemtests;

import java.time.Duration;

/** The timeouts of the system tests: long, since they run whole systems on machines that are busy with other builds. */
public final class TestTimeouts {
    /** For everything that ends by itself: a payment, the recovery of a service. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** The stack itself gives up before, if nothing moves. */
    static final Duration START = Duration.ofMinutes(15);

    static final Duration SHUTDOWN = Duration.ofMinutes(4);

    private TestTimeouts() {}
}
