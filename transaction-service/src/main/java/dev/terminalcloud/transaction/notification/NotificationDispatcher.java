package dev.terminalcloud.transaction.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terminalcloud.transaction.callback.CallbackAttempts;
import dev.terminalcloud.transaction.callback.PendingMessage;
import dev.terminalcloud.transaction.callback.SignedMessage;
import dev.terminalcloud.transaction.notificationqueue.NotificationQueue;
import dev.terminalcloud.transaction.notificationqueue.PendingNotification;
import dev.terminalcloud.transaction.timers.NoNotificationPending;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Sends notifications to the registers that asked for them (POS API, section 10), with the headers, the retries and the limits of completion
 * callbacks. At least once, on any replica; those of one register may come in another order than they happened.
 */
@ApplicationScoped
class NotificationDispatcher {
    private static final Logger LOG = Logger.getLogger(NotificationDispatcher.class);
    private static final int BATCH_SIZE = 100;
    private static final String HASH_PREFIX = "sha256:";

    /** A notification that is due. */
    private final class DueNotification implements PendingMessage {
        private final PendingNotification pending;

        DueNotification(PendingNotification pending) {
            this.pending = pending;
        }

        @Override
        public String url() {
            return pending.callbackUrl();
        }

        /** The key is the SHA-256 of the pairing token, which the register can compute and nobody else knows. */
        @Override
        public SignedMessage message() {
            String digest = pending.tokenHash().substring(HASH_PREFIX.length());
            return SignedMessage.of(
                    pending.id().toString(),
                    pending.takenAt(),
                    bodyOf(pending),
                    HexFormat.of().parseHex(digest));
        }

        @Override
        public int attempts() {
            return pending.attempts();
        }

        @Override
        public Uni<Void> reschedule(Duration wait) {
            return queue.reschedule(pending, wait);
        }

        @Override
        public Uni<Void> remove() {
            return queue.remove(pending);
        }

        @Override
        public void logAbandoned(String reason) {
            LOG.warnf(
                    "Notification abandoned after the last attempt: eventId=%s deviceId=%s reason=%s",
                    pending.id(), pending.deviceId(), reason);
        }

        @Override
        public void logForbidden(String reason) {
            LOG.warnf(
                    "Notification target forbidden: eventId=%s deviceId=%s reason=%s",
                    pending.id(), pending.deviceId(), reason);
        }
    }

    private final NotificationQueue queue;
    private final CallbackAttempts attempts;
    private final ObjectMapper json;
    private final MeterRegistry metrics;

    NotificationDispatcher(
            NotificationQueue queue, CallbackAttempts attempts, ObjectMapper json, MeterRegistry metrics) {
        this.queue = queue;
        this.attempts = attempts;
        this.json = json;
        this.metrics = metrics;
    }

    /** Sends the notifications that are due. A run does not wait for an earlier one that still waits for a slow POS. */
    @Scheduled(every = "1s", skipExecutionIf = NoNotificationPending.class)
    Uni<Void> sendDue() {
        return queue.takeDue(BATCH_SIZE).chain(due -> Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndMerge(this::send)
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> send(PendingNotification pending) {
        return attempts.make(new DueNotification(pending))
                .invoke(outcome -> metrics.counter(
                                "transaction.notifications",
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT))
                        .increment())
                .replaceWithVoid();
    }

    private String bodyOf(PendingNotification pending) {
        try {
            return json.writeValueAsString(Notification.of(pending));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Failed to serialise notification", e);
        }
    }
}
