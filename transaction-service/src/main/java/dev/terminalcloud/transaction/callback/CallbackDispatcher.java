package dev.terminalcloud.transaction.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue.DueCallback;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.polling.Envelope;
import dev.terminalcloud.transaction.table.TransactionTable;
import dev.terminalcloud.transaction.timers.NothingPending;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
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

    /** A callback that is due, with its transaction. */
    private final class PendingCallback implements PendingMessage {
        private final DueCallback due;
        private final Transaction transaction;

        PendingCallback(DueCallback due, Transaction transaction) {
            this.due = due;
            this.transaction = transaction;
        }

        @Override
        public String url() {
            return transaction.callbackUrl().orElseThrow();
        }

        @Override
        public SignedMessage message() {
            return SignedMessage.of(
                    transaction.id().toString(),
                    due.takenAt(),
                    bodyOf(transaction),
                    transaction.accessToken().toString().getBytes(UTF_8));
        }

        @Override
        public String traceparent() {
            return transaction.traceparent();
        }

        @Override
        public int attempts() {
            return due.attempts();
        }

        @Override
        public Uni<Void> reschedule(Duration wait) {
            return queue.reschedule(due, wait);
        }

        @Override
        public Uni<Void> remove() {
            return queue.remove(due);
        }

        @Override
        public void logAbandoned(String reason) {
            LOG.warnf(
                    "Callback abandoned after the last attempt: transactionId=%s reason=%s",
                    due.transactionId(), reason);
        }

        @Override
        public void logForbidden(String reason) {
            LOG.warnf("Callback target forbidden: transactionId=%s reason=%s", due.transactionId(), reason);
        }
    }

    private final CallbackQueue queue;
    private final CallbackAttempts attempts;
    private final TransactionTable transactions;
    private final ObjectMapper json;
    private final TransactionConfiguration config;
    private final MeterRegistry metrics;

    CallbackDispatcher(
            CallbackQueue queue,
            CallbackAttempts attempts,
            TransactionTable transactions,
            ObjectMapper json,
            TransactionConfiguration config,
            MeterRegistry metrics) {
        this.queue = queue;
        this.attempts = attempts;
        this.transactions = transactions;
        this.json = json;
        this.config = config;
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
        return attempts.make(pending)
                .invoke(outcome -> metrics.counter(
                                "transaction.callbacks",
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT))
                        .increment())
                .replaceWithVoid();
    }

    private String bodyOf(Transaction transaction) {
        try {
            return json.writeValueAsString(
                    Envelope.polled(transaction, config.retention()).withoutToken());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Failed to serialise envelope", e);
        }
    }
}
