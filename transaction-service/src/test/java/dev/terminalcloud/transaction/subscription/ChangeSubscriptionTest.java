package dev.terminalcloud.transaction.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listener is on a context of Vert.x; changes come from the test's thread, as they come from a consumer's. */
class ChangeSubscriptionTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration NEVER = Duration.ofDays(1);
    private static final UUID TRANSACTION = UUID.randomUUID();

    private final ChangeNotifier changes = new ChangeNotifier(VERTX, new SimpleMeterRegistry());
    private final Context context = VERTX.getOrCreateContext();
    private final ChangeSubscription subscription =
            onContext(() -> changes.subscribe(TRANSACTION, TransactionStarted.class::isInstance));
    private final List<Context> actions = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        onContext(this::closeSubscription);
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void changeBeforeTheWaitEndsIt() {
        publish(2);

        join(await(NEVER));

        assertThat(actions).containsExactly(context);
    }

    @Test
    void changeDuringTheWaitEndsIt() {
        CompletableFuture<Void> wait = await(NEVER);

        publish(2);
        join(wait);

        assertThat(actions).containsExactly(context);
    }

    @Test
    void changeBetweenTwoWaitsEndsTheSecond() {
        publish(2);
        join(await(NEVER));
        publish(3);

        join(await(NEVER));

        assertThat(actions).hasSize(2);
    }

    @Test
    void changeThatHasEndedAWaitDoesNotEndTheNext() {
        publish(2);
        publish(3);
        join(await(NEVER));

        CompletableFuture<Void> second = await(NEVER);
        finishQueuedWork();

        assertThat(second).isNotDone();
        publish(4);
        join(second);
    }

    @Test
    void changeWhileTheActionRunsEndsTheNextWait() {
        publish(2);
        CompletableFuture<Void> second = new CompletableFuture<>();

        onContext(() -> {
            subscription.await(NEVER, () -> {
                publish(3);
                subscription.await(NEVER, () -> second.complete(null));
            });
            return null;
        });

        join(second);
    }

    /** A timer of whole milliseconds that is rounded down runs early, as long as the machine is not slow each time. */
    @Test
    void actionDoesNotRunBeforeTheTimeIsUp() {
        Duration time = Duration.ofNanos(1_900_000);

        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            join(await(time));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(time);
        }
        join(await(Duration.ZERO));
    }

    @Test
    void actionDoesNotRunAfterClose() {
        publish(2);

        onContext(() -> {
            subscription.await(NEVER, () -> actions.add(context));
            return closeSubscription();
        });
        finishQueuedWork();

        assertThat(actions).isEmpty();
    }

    @Test
    void closedSubscriptionDoesNotWait() {
        publish(2);
        onContext(this::closeSubscription);

        CompletableFuture<Void> wait = await(Duration.ZERO);
        publish(3);
        finishQueuedWork();

        assertThat(wait).isNotDone();
        assertThat(subscription.newestVersion()).isEqualTo(2);
    }

    @Test
    void newestVersionIsTheMaximum() {
        assertThat(subscription.newestVersion()).isZero();

        publish(5);
        publish(3);
        changes.publish(new TransactionDelayed(TRANSACTION, 8));
        changes.publish(new TransactionStarted(UUID.randomUUID(), 9));

        assertThat(subscription.newestVersion()).isEqualTo(5);
    }

    private void publish(long version) {
        TransactionChange change = new TransactionStarted(TRANSACTION, version);
        changes.publish(change);
    }

    /** Begins a wait; returns the end of its action. */
    private CompletableFuture<Void> await(Duration time) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        onContext(() -> {
            subscription.await(time, () -> {
                actions.add(Vertx.currentContext());
                ended.complete(null);
            });
            return null;
        });
        return ended;
    }

    private Void closeSubscription() {
        subscription.close();
        return null;
    }

    /** The context runs in order. */
    private void finishQueuedWork() {
        onContext(() -> null);
    }

    private <T> T onContext(Supplier<T> work) {
        return join(CompletableFuture.supplyAsync(work, task -> context.runOnContext(now -> task.run())));
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
