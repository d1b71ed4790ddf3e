package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
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
    private final CallbackQueue callbacks;

    Completion(MeterRegistry metrics, Clock clock, CallbackQueue callbacks) {
        this.metrics = metrics;
        this.clock = clock;
        this.callbacks = callbacks;
    }

    Uni<Void> complete(Change change, DeviceReport report) {
        Transaction transaction = change.transaction();
        Instant now = clock.instant();
        transaction.completed(report, now);
        metrics.counter("transaction.outcomes", "result", report.result().name().toLowerCase(Locale.ROOT))
                .increment();
        change.write().append(Topic.TRANSACTION_EVENTS, TransactionMessages.completed(transaction, report, now));
        return transaction.callbackUrl().isEmpty()
                ? Uni.createFrom().voidItem()
                : callbacks.schedule(change.write().session(), transaction.id());
    }
}
