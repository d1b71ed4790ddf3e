package dev.terminalcloud.local.rollout;

import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The place of a process: its name, its ports, and how it is started. At most one process runs in it. */
public interface Container {
    String name();

    /** Returns the address for its clients. */
    SocketAddress address();

    /** Returns the address of a health check. */
    URI management(String path);

    /** Starts the process; empty if everything is shutting down. */
    Optional<RunningProcess> start();

    /** A process that was started. Thread-safe. */
    interface RunningProcess {
        /** Returns whether it exits within this time, for any reason; without waiting if the time is zero or less. */
        boolean exitsWithin(Duration time);

        /** Sends SIGTERM. */
        void terminate();

        /** Sends SIGKILL. */
        void kill();
    }
}
