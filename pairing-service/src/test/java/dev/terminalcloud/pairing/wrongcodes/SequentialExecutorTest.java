package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Order of the work of clients that share a limit. */
class SequentialExecutorTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final SequentialExecutor turns = new SequentialExecutor();
    private final Context context = VERTX.getOrCreateContext();

    /** Work of a caller: completed when it has begun, completed by the test to end it, its result, and its cancellation. */
    private record Work(
            CompletableFuture<Void> begun,
            CompletableFuture<String> end,
            CompletableFuture<String> result,
            CompletableFuture<Cancellable> leave) {}

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void workOfOneAddressIsSequential() throws Exception {
        Work first = begin("192.0.2.1");
        Work second = begin("192.0.2.1");
        Work third = begin("192.0.2.1");
        get(first.begun());
        assertThat(second.begun()).isNotDone();

        first.end().complete("paired");
        assertThat(get(first.result())).isEqualTo("paired");
        get(second.begun());
        assertThat(third.begun()).isNotDone();

        second.end().completeExceptionally(new IllegalStateException("The database is unavailable"));
        get(third.begun());
    }

    @Test
    void cancelledWorkKeepsTheOrder() throws Exception {
        Work first = begin("192.0.2.1");
        Work second = begin("192.0.2.1");
        Work third = begin("192.0.2.1");
        get(first.begun());

        get(second.leave()).cancel();
        Work fourth = begin("192.0.2.1");
        assertThat(third.begun()).isNotDone();
        assertThat(fourth.begun()).isNotDone();

        first.end().complete("paired");
        get(third.begun());
        assertThat(fourth.begun()).isNotDone();
        assertThat(second.begun()).isNotDone();
        third.end().complete("paired");
        get(fourth.begun());
    }

    @Test
    void addressesAreIndependent() throws Exception {
        Work first = begin("192.0.2.1");
        Work other = begin("192.0.2.2");
        get(first.begun());
        get(other.begun());
        assertThat(first.result()).isNotDone();
    }

    /** Submits the work and returns when the caller has its place. */
    private Work begin(String address) throws Exception {
        Work work = new Work(
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                new CompletableFuture<>());
        CompletableFuture<Void> placed = new CompletableFuture<>();
        context.runOnContext(now -> {
            work.leave()
                    .complete(turns.submit(address, () -> run(work))
                            .subscribe()
                            .with(work.result()::complete, work.result()::completeExceptionally));
            placed.complete(null);
        });
        get(placed);
        return work;
    }

    private static Uni<String> run(Work work) {
        work.begun().complete(null);
        return Uni.createFrom().completionStage(work.end());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
