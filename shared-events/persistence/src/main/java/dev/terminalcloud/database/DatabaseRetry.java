package dev.terminalcloud.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Retries reads after transient failures: a database that restarts is available again after some seconds. */
public final class DatabaseRetry {
    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private DatabaseRetry() {}

    /**
     * Runs the step, which must change nothing, until it succeeds, fails with a failure that is not transient, or ten seconds are over.
     *
     * <p>Must be called on a Vert.x context, on which it makes each attempt and delivers the result.
     */
    public static <T> Uni<T> run(Supplier<Uni<T>> step) {
        Executor caller = MutinyHelper.executor(Vertx.currentContext());
        return step.get().onFailure(TransientFailures::isTransient).recoverWithUni(() -> retry(step, caller));
    }

    private static <T> Uni<T> retry(Supplier<Uni<T>> step, Executor caller) {
        return Uni.createFrom()
                .<T>deferred(step::get)
                .runSubscriptionOn(caller)
                .onFailure(TransientFailures::isTransient)
                .retry()
                .withBackOff(INITIAL_BACKOFF, MAX_BACKOFF)
                .expireIn(TIMEOUT.toMillis())
                .emitOn(caller);
    }
}
