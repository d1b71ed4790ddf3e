package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The end of a transaction: its outcome, the event about it, and the callback that its register has asked for. */
@Startup
@ApplicationScoped
class Completion {
    /** All of them from the start: the first event of a counter that appears with it is lost to a rate. */
    private final Map<Result, Counter> outcomes = new EnumMap<>(Result.class);

    private final TransactionTimes times;
    private final CallbackQueue callbacks;
    private final CompletedTransactions completed;

    Completion(
            MeterRegistry metrics, TransactionTimes times, CallbackQueue callbacks, CompletedTransactions completed) {
        for (Result result : Result.values()) {
            outcomes.put(
                    result,
                    metrics.counter(
                            "transaction.outcomes", "result", result.name().toLowerCase(Locale.ROOT)));
        }
        this.times = times;
        this.callbacks = callbacks;
        this.completed = completed;
    }

    void complete(Change change, DeviceReport report) {
        Transaction transaction = change.transaction();
        transaction.add((state, now) -> state.completed(report, now));
        outcomes.get(report.result()).increment();
        times.ended(change.write(), transaction);
        change.write().append(Topic.TRANSACTION_EVENTS, TransactionMessages.completed(transaction, report));
        change.write().afterCommit(() -> completed.put(transaction));
        if (transaction.callbackUrl().isPresent()) {
            callbacks.schedule(change.write(), transaction.id());
        }
    }
}
