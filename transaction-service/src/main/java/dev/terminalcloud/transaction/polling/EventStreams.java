package dev.terminalcloud.transaction.polling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

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

    private final Map<UUID, Integer> open = new ConcurrentHashMap<>();
    private final TransactionVersions versions;
    private final ObjectMapper json;
    private volatile boolean shuttingDown;

    EventStreams(TransactionVersions versions, ObjectMapper json) {
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
     * @param poll returns the current state, as for {@link TransactionVersions#watch}; a failure ends the stream
     * @param seen the version that the client has seen
     * @return never completes; fails with {@link dev.terminalcloud.posapi.ApiException} 429 if there are too many streams
     */
    Uni<Envelope> stream(
            Envelope current, LongFunction<Uni<Envelope>> poll, OptionalLong seen, HttpServerResponse response) {
        UUID id = current.transactionId();
        if (open.merge(id, 1, Integer::sum) > MAX_STREAMS) {
            close(id);
            throw PollingError.TOO_MANY_STREAMS.exception(MAX_STREAMS);
        }
        response.putHeader("Content-Type", "text/event-stream").setChunked(true);
        EventStream stream = new EventStream(
                id,
                versions,
                poll,
                response,
                this::text,
                state -> state.isCompleted() || shuttingDown,
                () -> close(id));
        return Uni.createFrom().emitter(never -> {
            never.onTermination(stream::close);
            stream.send(current, seen);
        });
    }

    private void close(UUID id) {
        open.computeIfPresent(id, (any, streams) -> streams == 1 ? null : streams - 1);
    }

    private String text(Envelope current) {
        try {
            return "id: %d\nevent: transaction\ndata: %s\n\n"
                    .formatted(current.version(), json.writeValueAsString(current));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
