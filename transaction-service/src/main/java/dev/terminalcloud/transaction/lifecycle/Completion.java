package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/** The end of a transaction: its outcome, the event about it, and the callback that its register has asked for. */
@ApplicationScoped
class Completion {
    private final MeterRegistry metrics;
    private final Clock clock;

    Completion(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    Uni<Void> complete(Change change, DeviceReport report) {
        Transaction transaction = change.transaction();
        Instant now = clock.instant();
        transaction.completed(report, now);
        metrics.counter("transaction.outcomes", "result", report.result().name().toLowerCase(Locale.ROOT))
                .increment();
        change.write().append(Topic.TRANSACTION_EVENTS, TransactionMessages.completed(transaction, report, now));
        return transaction.callbackUrl().isEmpty() ? Uni.createFrom().voidItem() : scheduleCallback(change);
    }

    private static Uni<Void> scheduleCallback(Change change) {
        return change.write()
                .session()
                .createNativeQuery("insert into callback (transaction_id) values (:id)")
                .setParameter("id", change.transaction().id())
                .executeUpdate()
                .replaceWithVoid();
    }
}
