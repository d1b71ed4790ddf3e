package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue.DueCallback;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRepository;
import dev.terminalcloud.transaction.timers.NothingPending;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Sends completion callbacks to the POS systems that asked for them (POS API, section 9): at least once, until one
 * answers with 2xx or all attempts are used up. The attempts are in the database, so they survive a restart, and any
 * replica makes them.
 */
@ApplicationScoped
class CallbackDispatcher {
    private static final Logger LOG = Logger.getLogger(CallbackDispatcher.class);
    private static final int BATCH_SIZE = 100;
    private static final List<Duration> RETRY_DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    private enum AttemptResult {
        DELIVERED,
        FAILED,
        GIVEN_UP,
        FORBIDDEN
    }

    /** A callback that is due, with its transaction. */
    private record PendingCallback(DueCallback due, Transaction transaction) {}

    private final CallbackQueue queue;
    private final CallbackTargets targets;
    private final CallbackSender sender;
    private final TransactionRepository transactions;
    private final MeterRegistry metrics;

    CallbackDispatcher(
            CallbackQueue queue,
            CallbackTargets targets,
            CallbackSender sender,
            TransactionRepository transactions,
            MeterRegistry metrics) {
        this.queue = queue;
        this.targets = targets;
        this.sender = sender;
        this.transactions = transactions;
        this.metrics = metrics;
    }

    /**
     * Sends the callbacks that are due. A run does not wait for an earlier one that still waits for a slow POS. It
     * reads the transactions one after the other, since it has one session, which is for one query at a time.
     */
    @Scheduled(every = "1s", skipExecutionIf = NothingPending.class)
    Uni<Void> sendDue() {
        return queue.takeDue(BATCH_SIZE).chain(due -> Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(this::load)
                .onItem()
                .transformToUniAndMerge(this::send)
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<PendingCallback> load(DueCallback due) {
        return transactions.load(due.transactionId()).map(transaction -> new PendingCallback(due, transaction));
    }

    private Uni<Void> send(PendingCallback pending) {
        return attempt(pending.due(), pending.transaction())
                .invoke(outcome -> metrics.counter(
                                "transaction.callbacks",
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT))
                        .increment())
                .replaceWithVoid();
    }

    private Uni<AttemptResult> attempt(DueCallback due, Transaction transaction) {
        return Uni.createFrom()
                .item(() -> targets.parse(transaction.callbackUrl().orElseThrow()))
                .chain(url -> sender.send(url, transaction))
                .chain(status -> status >= 200 && status < 300
                        ? queue.remove(due).replaceWith(AttemptResult.DELIVERED)
                        : failed(due, "status " + status))
                .onFailure(CallbackDispatcher::isForbidden)
                .recoverWithUni(forbidden -> forbid(due, forbidden))
                .onFailure()
                .recoverWithUni(failure -> failed(due, failure.getClass().getSimpleName()));
    }

    /** An earlier release may have accepted a URL that is no longer valid. */
    private static boolean isForbidden(Throwable failure) {
        return failure instanceof ForbiddenTargetException || failure instanceof ApiException;
    }

    private Uni<AttemptResult> failed(DueCallback due, String reason) {
        if (due.attempts() > RETRY_DELAYS.size()) {
            LOG.warnf(
                    "Callback abandoned after the last attempt: transactionId=%s reason=%s",
                    due.transactionId(), reason);
            return queue.remove(due).replaceWith(AttemptResult.GIVEN_UP);
        }
        return queue.reschedule(due, RETRY_DELAYS.get(due.attempts() - 1)).replaceWith(AttemptResult.FAILED);
    }

    private Uni<AttemptResult> forbid(DueCallback due, Throwable forbidden) {
        LOG.warnf("Callback target forbidden: transactionId=%s reason=%s", due.transactionId(), forbidden.getMessage());
        return queue.remove(due).replaceWith(AttemptResult.FORBIDDEN);
    }
}
