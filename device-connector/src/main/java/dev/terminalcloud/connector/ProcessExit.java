package dev.terminalcloud.connector;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Ends the process in an orderly way when going on would be wrong; whoever supervises it starts it anew. */
@Singleton
public class ProcessExit {
    private static final Logger LOG = Logger.getLogger(ProcessExit.class);
    private static final int FAILED = 1;

    private final CompletableFuture<Void> underWay = new CompletableFuture<>();

    /** Returns at once; may be called from any thread, more than once. */
    public void terminate(String reason) {
        underWay.complete(null);
        LOG.errorf("the connector exits: %s", reason);
        Quarkus.asyncExit(FAILED);
    }

    /** As {@link #terminate(String)}, for a failure that nobody expected. */
    public void terminate(String reason, Throwable failure) {
        underWay.complete(null);
        LOG.errorf(failure, "the connector exits: %s", reason);
        Quarkus.asyncExit(FAILED);
    }

    /** Completes when the process ends because going on would be wrong, and not because it was told to. */
    CompletableFuture<Void> terminating() {
        return underWay;
    }
}
