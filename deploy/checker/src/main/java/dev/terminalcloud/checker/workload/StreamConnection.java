package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnd;
import dev.terminalcloud.virtualregister.EventStreamParser;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.StreamedEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * One connection of an event stream (HTML standard, server-sent events): records each event as it arrives, and why the connection ended.
 * Thread-safe.
 */
final class StreamConnection implements Flow.Subscriber<String> {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final History history;
    private final UUID transactionId;
    private final int number;
    private final StreamProgress progress;
    private final long openedNanos = System.nanoTime();
    private Flow.Subscription subscription;
    private boolean open = true;
    private int status;
    private long lastReceivedNanos = System.nanoTime();
    private final EventStreamParser parser = new EventStreamParser();

    StreamConnection(History history, UUID transactionId, int number, StreamProgress progress) {
        this.history = history;
        this.transactionId = transactionId;
        this.number = number;
        this.progress = progress;
    }

    void open(HttpClient http, URI pollingUrl, OptionalLong seen) {
        HttpRequest request = (seen.isPresent()
                        ? PosRequests.resumeStream(pollingUrl, Long.toString(seen.getAsLong()))
                        : PosRequests.stream(pollingUrl))
                .timeout(RESPONSE_TIMEOUT)
                .build();
        history.record(
                new StreamEntry.StreamOpened(transactionId, number, seen.isPresent() ? (Long) seen.getAsLong() : null));
        CompletableFuture<HttpResponse<Void>> unused = http.sendAsync(request, this::lines)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        close(StreamEnd.LOST);
                    }
                });
    }

    private synchronized HttpResponse.BodySubscriber<Void> lines(HttpResponse.ResponseInfo response) {
        status = response.statusCode();
        return BodySubscribers.fromLineSubscriber(this);
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Returns whether it ended without being an event stream. */
    synchronized boolean hasFailed() {
        return !open && status != OK;
    }

    /** Returns the time at which the last line arrived. */
    synchronized long lastReceivedNanos() {
        return lastReceivedNanos;
    }

    /** Ends the connection; without effect if it has ended. */
    synchronized void close(StreamEnd reason) {
        if (!open) {
            return;
        }
        open = false;
        history.record(new StreamEntry.StreamEnded(transactionId, number, status, reason));
        if (subscription != null) {
            subscription.cancel();
        }
        progress.wake();
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (open) {
            opened.request(Long.MAX_VALUE);
        } else {
            opened.cancel();
        }
    }

    @Override
    public synchronized void onNext(String line) {
        lastReceivedNanos = System.nanoTime();
        if (!open || status != OK) {
            return;
        }
        parser.take(line).ifPresent(this::show);
    }

    private void show(StreamedEvent event) {
        long version = event.id().isEmpty() ? 0 : Long.parseLong(event.id());
        JsonNode state = event.data();
        history.record(new StreamEntry.Streamed(transactionId, number, openedNanos, version, state));
        progress.shown(version, OpenTransaction.isCompleted(state));
    }

    @Override
    public void onError(Throwable failure) {
        close(StreamEnd.LOST);
    }

    @Override
    public void onComplete() {
        close(StreamEnd.BY_SERVICE);
    }
}
