package dev.terminalcloud.pairing.wrongcodes;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets the callers of one address come one after the other, before each takes a connection to the database: there they would
 * wait for each other's lock, and a crowd behind one address would leave no connection for anything else. It is for this
 * replica only, and decides nothing.
 */
@ApplicationScoped
public class AddressTurns {
    private final Map<String, CompletableFuture<Void>> newest = new ConcurrentHashMap<>();

    /** Does the work when those before it have ended in any way, in the caller's context. */
    public <T> Uni<T> inTurn(Caller caller, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            String address = caller.address().text();
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> before = newest.put(address, mine);
            return endOf(before).chain(nothing -> work.get()).onTermination().invoke(() -> {
                newest.remove(address, mine);
                mine.complete(null);
            });
        });
    }

    private static Uni<Void> endOf(CompletableFuture<Void> before) {
        if (before == null) {
            return Uni.createFrom().voidItem();
        }
        Context context = Vertx.currentContext();
        return Uni.createFrom().completionStage(before).emitOn(next -> context.runOnContext(nothing -> next.run()));
    }
}
