package dev.terminalcloud.connector.kafka;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Orderly exit of the process when continuing would be wrong; its supervisor restarts it. */
@Singleton
public class ProcessExit {
    private static final Logger LOG = Logger.getLogger(ProcessExit.class);
    private static final int FAILED = 1;

    private final CompletableFuture<Void> underWay = new CompletableFuture<>();

    /** Starts the exit and returns at once; may be called from any thread, more than once. */
    public void terminate(String reason) {
        underWay.complete(null);
        LOG.errorf("Terminating the process: reason=%s", reason);
        Quarkus.asyncExit(FAILED);
    }

    /** As {@link #terminate(String)}, for an unexpected failure. */
    public void terminate(String reason, Throwable failure) {
        underWay.complete(null);
        LOG.errorf(failure, "Terminating the process: reason=%s", reason);
        Quarkus.asyncExit(FAILED);
    }

    /** Returns a future that completes when continuing would be wrong, not when a shutdown is requested from outside. */
    public CompletableFuture<Void> terminating() {
        return underWay;
    }
}
