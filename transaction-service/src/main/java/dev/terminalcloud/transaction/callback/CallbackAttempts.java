package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Attempts to deliver a message (POS API, section 9): until one is answered with 2xx, or after 5 s, 30 s, 2 min, 10 min, 1 h, 6 h and 24 h
 * all are used up.
 */
@ApplicationScoped
public class CallbackAttempts {
    private static final List<Duration> RETRY_DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    /** Result of one attempt. */
    public enum AttemptResult {
        DELIVERED,
        FAILED,
        GIVEN_UP,
        FORBIDDEN
    }

    private final CallbackTargets targets;
    private final CallbackSender sender;

    CallbackAttempts(CallbackTargets targets, CallbackSender sender) {
        this.targets = targets;
        this.sender = sender;
    }

    /** Makes one attempt, and removes the message from its queue or puts it back. Fails only as the queue does. */
    public Uni<AttemptResult> make(PendingMessage pending) {
        return Uni.createFrom()
                .item(() -> targets.parse(pending.url()))
                .chain(url -> sender.send(url, pending.message(), pending.traceparent()))
                .chain(status -> status >= 200 && status < 300
                        ? pending.remove().replaceWith(AttemptResult.DELIVERED)
                        : failed(pending, "status " + status))
                .onFailure(CallbackAttempts::isForbidden)
                .recoverWithUni(forbidden -> forbid(pending, forbidden))
                .onFailure()
                .recoverWithUni(failure -> failed(pending, failure.getClass().getSimpleName()));
    }

    /** An earlier release may have accepted a URL that is no longer valid. */
    private static boolean isForbidden(Throwable failure) {
        return failure instanceof ForbiddenTargetException || failure instanceof ApiException;
    }

    private static Uni<AttemptResult> failed(PendingMessage pending, String reason) {
        if (pending.attempts() > RETRY_DELAYS.size()) {
            pending.logAbandoned(reason);
            return pending.remove().replaceWith(AttemptResult.GIVEN_UP);
        }
        return pending.reschedule(RETRY_DELAYS.get(pending.attempts() - 1)).replaceWith(AttemptResult.FAILED);
    }

    private static Uni<AttemptResult> forbid(PendingMessage pending, Throwable forbidden) {
        pending.logForbidden(forbidden.getMessage());
        return pending.remove().replaceWith(AttemptResult.FORBIDDEN);
    }
}
