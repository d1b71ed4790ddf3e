package dev.terminalcloud.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DatabaseRetryTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Context> tries = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        vertx.close();
    }

    @Test
    void transientFailureIsRetriedOnTheCallersContext() {
        assertThat(run(3, new ConnectException())).isEqualTo("done");
        assertThat(tries).hasSize(4).containsOnly(context);
    }

    @Test
    void successfulStepRunsOnce() {
        assertThat(run(0, new ConnectException())).isEqualTo("done");
        assertThat(tries).hasSize(1);
    }

    @Test
    void permanentFailureIsNotRetried() {
        assertThatThrownBy(() -> run(1, new IllegalArgumentException("wrong")))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(tries).hasSize(1);
    }

    @Test
    void transientFailureIsPropagatedAfterTheTimeout() {
        assertThatThrownBy(() -> run(Integer.MAX_VALUE, new ConnectException()))
                .satisfies(failure ->
                        assertThat(TransientFailures.isTransient(failure)).isTrue());
    }

    private String run(int failures, Exception failure) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        context.runOnContext(unused -> DatabaseRetry.run(() -> step(failures, failure))
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
        return answer.orTimeout(Duration.ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Uni<String> step(int failures, Exception failure) {
        tries.add(Vertx.currentContext());
        return tries.size() > failures
                ? Uni.createFrom().item("done")
                : Uni.createFrom().failure(failure);
    }
}
