package dev.terminalcloud.administration;

import dev.terminalcloud.inbox.DeadLetter.Position;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** The number of unresolved dead letters of this service, up to 1,000, as the gauge {@code inbox.dead.letters.unresolved}. */
@Startup
@ApplicationScoped
class DeadLetterBacklog {
    private static final int MAX_COUNT = 1_000;

    private final AtomicLong unresolved = new AtomicLong();
    private final DeadLetterChanges letters;

    DeadLetterBacklog(DeadLetterChanges letters, MeterRegistry metrics) {
        this.letters = letters;
        metrics.gauge("inbox.dead.letters.unresolved", unresolved);
    }

    @Scheduled(
            every = "1m",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> measure() {
        return letters.unresolved(Position.first(), MAX_COUNT)
                .invoke(found -> unresolved.set(found.size()))
                .replaceWithVoid();
    }
}
