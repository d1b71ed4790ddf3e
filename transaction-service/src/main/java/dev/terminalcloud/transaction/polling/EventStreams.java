package dev.terminalcloud.transaction.polling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Event streams of transactions (HTML standard, server-sent events): the state at once and at each change, a comment every 15
 * seconds without one, and the end after the final state. A stream ends too when its token does, and when this replica shuts
 * down: clients open it again, and {@code Last-Event-ID} says what they have seen.
 *
 * <p>A client that reads slowly misses states, but not the last one: the next state is read when the one before is sent.
 */
@ApplicationScoped
class EventStreams {
    /** Maximum number of streams of a transaction at this replica. */
    static final int MAX_STREAMS = 8;

    private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(15);
    private static final String COMMENT = ":\n\n";

    private final Map<UUID, Integer> open = new ConcurrentHashMap<>();
    private final VersionWait versions;
    private final ObjectMapper json;
    private volatile boolean shuttingDown;

    EventStreams(VersionWait versions, ObjectMapper json) {
        this.versions = versions;
        this.json = json;
    }

    void shutDown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    /**
     * Streams the transaction until it has ended, or its token; takes over the response.
     *
     * @param current the state of the transaction, for which the client is authorised
     * @param poll returns the current state; a failure ends the stream
     * @param seen the version that the client has seen
     * @return never completes; fails with {@link dev.terminalcloud.posapi.ApiException} 429 if there are too many streams
     */
    Uni<Envelope> stream(
            Envelope current, Supplier<Uni<Envelope>> poll, OptionalLong seen, HttpServerResponse response) {
        UUID id = current.transactionId();
        if (open.merge(id, 1, Integer::sum) > MAX_STREAMS) {
            close(id);
            throw PollingError.TOO_MANY_STREAMS.exception(MAX_STREAMS);
        }
        response.putHeader("Content-Type", "text/event-stream").setChunked(true);
        return events(current, poll, seen)
                .onItem()
                .transformToUniAndConcatenate(event -> Uni.createFrom()
                        .completionStage(() -> response.write(event.text()).toCompletionStage()))
                .collect()
                .last()
                .onTermination()
                .invoke(() -> close(id))
                .onItemOrFailure()
                .transformToUni((written, failure) -> end(response));
    }

    private static Uni<Envelope> end(HttpServerResponse response) {
        return Uni.createFrom()
                .completionStage(() -> response.end().toCompletionStage())
                .chain(() -> Uni.createFrom().nothing());
    }

    private void close(UUID id) {
        open.computeIfPresent(id, (any, streams) -> streams == 1 ? null : streams - 1);
    }

    private Multi<StreamEvent> events(Envelope current, Supplier<Uni<Envelope>> poll, OptionalLong seen) {
        return Multi.createFrom()
                .item(eventOf(current, seen))
                .onCompletion()
                .switchTo(() -> current.isCompleted() ? Multi.createFrom().empty() : changes(current, poll));
    }

    private Multi<StreamEvent> changes(Envelope first, Supplier<Uni<Envelope>> poll) {
        long[] sent = {first.version()};
        return Multi.createBy()
                .repeating()
                .uni(() -> versions.await(first.transactionId(), poll, sent[0], COMMENT_INTERVAL)
                        .map(current -> {
                            StreamEvent event = eventOf(current, OptionalLong.of(sent[0]));
                            sent[0] = current.version();
                            return event;
                        }))
                .whilst(event -> !event.isLast() && !shuttingDown);
    }

    private StreamEvent eventOf(Envelope current, OptionalLong seen) {
        boolean isNews = seen.isEmpty() || seen.getAsLong() != current.version();
        return new StreamEvent(isNews ? text(current) : COMMENT, current.isCompleted());
    }

    private String text(Envelope current) {
        try {
            return "id: %d\nevent: transaction\ndata: %s\n\n"
                    .formatted(current.version(), json.writeValueAsString(current));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record StreamEvent(String text, boolean isLast) {}
}
