package dev.terminalcloud.inbox;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.Topic;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Retries a step until it succeeds, with exponential backoff from 100 ms to 5 seconds. */
final class InboxRetry {
    private static final Logger LOG = Logger.getLogger(InboxRetry.class);
    private static final long INITIAL_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 5_000;

    private final Vertx vertx;
    private final Topic topic;
    private final InboxMetrics metrics;

    InboxRetry(Vertx vertx, Topic topic, InboxMetrics metrics) {
        this.vertx = vertx;
        this.topic = topic;
        this.metrics = metrics;
    }

    /** Runs the step until it succeeds or fails with a failure that is not transient. Each attempt runs on the same context. */
    Uni<Void> retryWhile(Predicate<Throwable> isTransient, Supplier<Uni<Void>> step) {
        return Uni.createFrom().deferred(() -> {
            long[] wait = {INITIAL_BACKOFF_MILLIS};
            return Uni.createFrom()
                    .<Void>deferred(() -> step.get())
                    .onFailure(isTransient)
                    .retry()
                    .when(failures -> failures.onItem().transformToUniAndConcatenate(failure -> {
                        long pause = wait[0];
                        wait[0] = Math.min(2 * pause, MAX_BACKOFF_MILLIS);
                        return delay(pause, failure);
                    }));
        });
    }

    private Uni<Long> delay(long millis, Throwable failure) {
        metrics.retry();
        LOG.warnf(
                "Transient failure while applying events, retrying: topic=%s retryInMillis=%d reason=%s",
                topic.topicName(), millis, TransientFailures.describe(failure));
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(millis, emitter::complete));
    }
}
