package dev.terminalcloud.database;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** A Vert.x context for a step that is not part of one request: sessions of Hibernate belong to the context on which they were opened. */
public final class OwnContext {
    private OwnContext() {}

    /** Runs the step on a new context, and completes on it. May be called on any thread. */
    public static <T> Uni<T> run(Vertx vertx, Supplier<Uni<T>> step) {
        return Uni.createFrom().deferred(() -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            return Uni.createFrom().<T>deferred(step::get).runSubscriptionOn(MutinyHelper.executor(context));
        });
    }
}
