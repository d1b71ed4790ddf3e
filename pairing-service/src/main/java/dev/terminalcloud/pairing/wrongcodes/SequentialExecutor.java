package dev.terminalcloud.pairing.wrongcodes;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Executor that runs the work of clients that share a limit one after the other, before each takes a database connection:
 * otherwise they would hold connections while they wait for each other's lock, and many clients behind one address would
 * leave no connection for anything else. It orders the clients of this replica only, and decides nothing.
 */
@ApplicationScoped
public class SequentialExecutor {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Map<String, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();

    /**
     * Runs the work when all work submitted before it with the same key has ended in any way, in the caller's context. A
     * caller that cancels while it waits keeps its place, so that those behind it do not overtake those before it.
     */
    public <T> Uni<T> submit(String queue, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Executor context = MutinyHelper.executor(Vertx.currentContext());
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> before =
                    Optional.ofNullable(tails.put(queue, mine)).orElse(DONE);
            return endOf(before, context)
                    .chain(nothing -> work.get())
                    .onTermination()
                    .invoke(() -> {
                        var unused = before.thenRunAsync(() -> end(queue, mine), context);
                    });
        });
    }

    private void end(String queue, CompletableFuture<Void> turn) {
        tails.remove(queue, turn);
        turn.complete(null);
    }

    private static Uni<Void> endOf(CompletableFuture<Void> before, Executor context) {
        return before.isDone()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().completionStage(before.copy()).emitOn(context);
    }
}
