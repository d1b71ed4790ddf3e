package dev.terminalcloud.transaction.subscription;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.function.Supplier;

/**
 * Steps before a wait. A subscriber of Mutiny keeps all steps before it, and the states that they hold, until the last step has
 * ended; thousands may wait.
 */
public final class PrecedingSteps {
    private PrecedingSteps() {}

    /** Runs the steps and forgets them as soon as they have a result; cancelling cancels them. */
    public static <T> Uni<T> of(Supplier<Uni<T>> steps) {
        return Uni.createFrom().emitter(result -> {
            Cancellable running = steps.get().subscribe().with(result::complete, result::fail);
            result.onTermination(running::cancel);
        });
    }
}
