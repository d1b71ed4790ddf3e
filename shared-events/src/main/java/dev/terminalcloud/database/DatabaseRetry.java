package dev.terminalcloud.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Asks again while what stands in the way passes by itself: a database that starts anew is back after some seconds. */
public final class DatabaseRetry {
    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private DatabaseRetry() {}

    /**
     * Takes the step, which must change nothing, until it succeeds, fails for a reason that stays, or ten seconds are over.
     *
     * <p>Must be called on a Vert.x context, on which each try is made and the answer comes.
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
