package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnd;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The event stream of one transaction over as many connections as it needs. The register cuts the first ones when its plan says so, and one
 * that is silent for longer than the time between two comments; each is resumed after the last version that was shown.
 */
final class EventStream implements TransactionWatch {
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final HttpClient http;
    private final History history;
    private final OpenTransaction transaction;
    private final Iterator<Duration> cuts;
    private final StreamProgress progress = new StreamProgress();
    private int connections;
    private StreamConnection connection;
    private long cutNanos;

    EventStream(HttpClient http, History history, OpenTransaction transaction) {
        this.http = http;
        this.history = history;
        this.transaction = transaction;
        this.cuts = transaction.plan().extras().streamCuts().iterator();
    }

    OpenTransaction transaction() {
        return transaction;
    }

    @Override
    public boolean hasEnded() {
        if (!progress.hasEnded() && (connection == null || !connection.isOpen())) {
            open();
        } else if (isToBeCut()) {
            connection.close(StreamEnd.CUT);
        }
        return progress.hasEnded();
    }

    private void open() {
        connections++;
        cutNanos = cuts.hasNext()
                ? System.nanoTime() + cuts.next().toNanos()
                : System.nanoTime() + TimeUnit.DAYS.toNanos(1);
        OptionalLong seen = progress.lastEventId();
        connection = new StreamConnection(history, transaction.id(), connections, progress);
        connection.open(http, transaction.pollingUrl(), seen);
    }

    private boolean isToBeCut() {
        long now = System.nanoTime();
        return connection != null
                && connection.isOpen()
                && (now - cutNanos >= 0 || now - connection.lastReceivedNanos() > SILENCE_NANOS);
    }

    /** Waits for the next event, for the end of the connection or until it is to be cut. */
    @Override
    public void await(Duration atMost) throws InterruptedException {
        if (connection == null || !connection.isOpen()) {
            Pause.sleep(atMost);
            return;
        }
        long untilCut = Math.max(0, cutNanos - System.nanoTime());
        progress.awaitNews(Math.min(atMost.toNanos(), untilCut));
        if (connection.hasFailed()) {
            Pause.sleep(atMost);
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close(StreamEnd.CUT);
        }
    }

    /** Reads no longer, although the final version has not arrived. */
    void giveUp() {
        close();
        history.record(new StreamEntry.StreamEnded(transaction.id(), connections, 0, StreamEnd.GIVEN_UP));
    }
}
