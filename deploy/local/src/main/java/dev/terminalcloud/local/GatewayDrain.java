package dev.terminalcloud.local;

import dev.terminalcloud.local.gateway.Gateway;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The first step of an end: the gateway takes no more requests, and those that it has are answered while everything still runs. */
final class GatewayDrain {
    /** A synchronous transaction is held for 110 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(115);

    private final Gateway gateway;
    private final Progress progress;
    private final CompletableFuture<Void> cutShort;

    /**
     * Begins nothing yet.
     *
     * @param cutShort ends the waiting when it completes
     */
    GatewayDrain(Gateway gateway, Progress progress, CompletableFuture<Void> cutShort) {
        this.gateway = gateway;
        this.progress = progress;
        this.cutShort = cutShort;
    }

    /** Returns when all requests are answered, the time is up or it is cut short; then the gateway is closed. */
    void run() {
        CompletableFuture<Void> answered = future(gateway.drain());
        int held = gateway.requestsInFlight();
        if (!answered.isDone() && !cutShort.isDone()) {
            progress.step("Waiting for %d held %s, Ctrl-C again ends at once"
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
