package dev.terminalcloud.httpserver;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How far the requests of one connection have got, with the timeout of what the client has to send next. Runs on the event
 * loop of the connection.
 *
 * <pre>
 * NOTHING --first byte--> HEAD --end of the headers--> BODY --end of the body--> NOTHING
 * idle, unless unanswered  head timeout                 body timeout
 * </pre>
 *
 * While the service works on a request, and the client owes nothing, no time runs: a request may be held for minutes.
 */
final class RequestProgress {
    private enum Receiving {
        NOTHING,
        HEAD,
        BODY
    }

    private final IncompleteRequests requests;
    private final Channel connection;
    private Receiving receiving = Receiving.NOTHING;
    private int unanswered;
    private ScheduledFuture<?> timeout;

    RequestProgress(IncompleteRequests requests, Channel connection) {
        this.requests = requests;
        this.connection = connection;
    }

    void open() {
        scheduleIdleTimeout();
    }

    void receive(int bytes) {
        if (receiving == Receiving.NOTHING) {
            receiving = Receiving.HEAD;
            schedule(requests.limits().head(), CloseReason.HEAD_TIMEOUT);
        }
        requests.receive(connection, bytes);
    }

    void endHead() {
        unanswered++;
        receiving = Receiving.BODY;
        schedule(requests.limits().body(), CloseReason.BODY_TIMEOUT);
    }

    void endBody() {
        receiving = Receiving.NOTHING;
        requests.end(connection);
        cancel();
        scheduleIdleTimeout();
    }

    void answer() {
        unanswered--;
        scheduleIdleTimeout();
    }

    /** Returns whether all complete requests have been answered. */
    boolean isAnswered() {
        return unanswered <= 0;
    }

    void close() {
        requests.end(connection);
        cancel();
    }

    private void scheduleIdleTimeout() {
        if (receiving == Receiving.NOTHING && isAnswered()) {
            cancel();
            timeout = connection
                    .eventLoop()
                    .schedule(this::closeIdle, requests.limits().idle().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void closeIdle() {
        connection.close();
    }

    private void schedule(Duration limit, CloseReason reason) {
        cancel();
        timeout = connection
                .eventLoop()
                .schedule(() -> requests.close(connection, reason), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
