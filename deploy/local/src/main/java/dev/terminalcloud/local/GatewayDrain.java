package dev.terminalcloud.local;

import dev.terminalcloud.local.gateway.Gateway;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The first step of a shutdown: the gateway accepts no more requests, and those in flight are answered while everything still runs. */
final class GatewayDrain {
    /** A synchronous transaction is held for 110 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(115);

    private final Gateway gateway;
    private final Progress progress;
    private final CompletableFuture<Void> cutShort;

    /**
     * Prepares the drain without starting it.
     *
     * @param cutShort ends the waiting when it completes
     */
    GatewayDrain(Gateway gateway, Progress progress, CompletableFuture<Void> cutShort) {
        this.gateway = gateway;
        this.progress = progress;
        this.cutShort = cutShort;
    }

    /** Closes the gateway when all requests are answered, the timeout has passed or the drain is cut short, and returns then. */
    void run() {
        CompletableFuture<Void> answered = future(gateway.drain());
        int held = gateway.requestsInFlight();
        if (!answered.isDone() && !cutShort.isDone()) {
            progress.step("Waiting for %d held %s; press Ctrl-C again to stop now"
                    .formatted(held, held == 1 ? "request" : "requests"));
        }
        CompletableFuture.anyOf(answered, cutShort)
                .completeOnTimeout(null, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        future(gateway.close()).join();
    }

    private static CompletableFuture<Void> future(Future<Void> future) {
        return future.toCompletionStage().toCompletableFuture();
    }
}
