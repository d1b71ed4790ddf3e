package dev.terminalcloud.transaction.polling;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One open event stream. Between two events it keeps the version that it has sent, and no state: there may be thousands.
 *
 * <p>Not thread-safe: all methods must be called on the context of the response, on which it continues.
 */
final class EventStream {
    private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(15);
    private static final String COMMENT = ":\n\n";

    private final UUID transactionId;
    private final VersionWait versions;
    private final Supplier<Uni<Envelope>> poll;
    private final HttpServerResponse response;
    private final Function<Envelope, String> text;
    private final Predicate<Envelope> isLast;
    private final Runnable closed;
    private Cancellable wait = () -> {};
    private boolean isClosed;

    /**
     * @param poll returns the current state; a failure ends the stream
     * @param text returns the event with a state
     * @param isLast decides after which state the stream ends
     * @param closed runs once, when the stream has ended or the client has left
     */
    EventStream(
            UUID transactionId,
            VersionWait versions,
            Supplier<Uni<Envelope>> poll,
            HttpServerResponse response,
            Function<Envelope, String> text,
            Predicate<Envelope> isLast,
            Runnable closed) {
        this.transactionId = transactionId;
        this.versions = versions;
        this.poll = poll;
        this.response = response;
        this.text = text;
        this.isLast = isLast;
        this.closed = closed;
    }

    /** Sends the state, or a comment if the client has seen it, and goes on until the last state. */
    void send(Envelope current, OptionalLong seen) {
        boolean isNews = seen.isEmpty() || seen.getAsLong() != current.version();
        long version = current.version();
        boolean ends = isLast.test(current);
        response.write(isNews ? text.apply(current) : COMMENT).onComplete(written -> {
            if (written.failed() || ends) {
                end();
            } else if (!isClosed) {
                awaitAfter(version);
            }
        });
    }

    private void awaitAfter(long version) {
        wait = versions.await(transactionId, poll, version, COMMENT_INTERVAL)
                .subscribe()
                .with(current -> send(current, OptionalLong.of(version)), failure -> end());
    }

    /** Ends the response: the client opens a stream again, unless it has the final state. */
    void end() {
        close();
        response.end();
    }

    /** Ends the waiting for changes. */
    void close() {
        if (!isClosed) {
            isClosed = true;
            wait.cancel();
            closed.run();
        }
    }
}
