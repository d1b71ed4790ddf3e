package dev.terminalcloud.transaction.polling;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * One open event stream. Between two events it keeps the version that it has sent, and no state: there may be thousands.
 *
 * <p>Not thread-safe: all methods must be called on the context of the response, on which it continues.
 */
final class EventStream {
    private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(15);
    private static final String COMMENT = ":\n\n";

    private final VersionWatch versions;
    private final HttpServerResponse response;
    private final Function<Envelope, String> text;
    private final Predicate<Envelope> isLast;
    private final Runnable closed;
    private long sent;
    private boolean isClosed;

    /**
     * @param versions notices changes from now on
     * @param poll returns the current state, as for {@link TransactionVersions#watch}; a failure ends the stream
     * @param text returns the event with a state
     * @param isLast decides after which state the stream ends
     * @param closed runs once, when the stream has ended or the client has left
     */
    EventStream(
            UUID transactionId,
            TransactionVersions versions,
            LongFunction<Uni<Envelope>> poll,
            HttpServerResponse response,
            Function<Envelope, String> text,
            Predicate<Envelope> isLast,
            Runnable closed) {
        this.versions =
                versions.watch(transactionId, poll, current -> send(current, OptionalLong.of(sent)), failure -> end());
        this.response = response;
        this.text = text;
        this.isLast = isLast;
        this.closed = closed;
    }

    /** Sends the state, or a comment if the client has seen it, and goes on until the last state. */
    void send(Envelope current, OptionalLong seen) {
        sent = current.version();
        boolean isNews = seen.isEmpty() || seen.getAsLong() != sent;
        boolean ends = isLast.test(current);
        response.write(isNews ? text.apply(current) : COMMENT).onComplete(written -> {
            if (written.failed() || ends) {
                end();
            } else if (!isClosed) {
                versions.await(sent, COMMENT_INTERVAL);
            }
        });
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
            versions.close();
            closed.run();
        }
    }
}
