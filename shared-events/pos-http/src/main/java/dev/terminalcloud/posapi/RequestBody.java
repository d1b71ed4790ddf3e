package dev.terminalcloud.posapi;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Reader of the body of one POS API request, at most 256 KiB in at most 60 s. So a body occupies little memory, and one
 * that is too large or too slow has certainly started nothing. On the request's context.
 */
final class RequestBody {
    static final int MAX_BYTES = 256 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** Closing a connection on which the client still sends resets it, which can lose the response. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final UniEmitter<? super byte[]> reader;
    private final Buffer received = Buffer.buffer();
    private long timer;

    private RequestBody(RoutingContext routing, UniEmitter<? super byte[]> reader) {
        this.routing = routing;
        this.request = routing.request();
        this.reader = reader;
    }

    /**
     * Reads the body, which may be empty.
     *
     * @return fails with {@link ApiException} 413 if it is too large, 408 if it does not end in time, 400 if it is broken off
     */
    static Uni<byte[]> read(RoutingContext routing) {
        return read(routing, TIMEOUT);
    }

    static Uni<byte[]> read(RoutingContext routing, Duration timeout) {
        if (routing.request().isEnded()) {
            return Uni.createFrom().item(new byte[0]);
        }
        // Pipelined requests are received on the connection's context, but must be handled on their own.
        Context context = routing.vertx().getOrCreateContext();
        return Uni.createFrom()
                .<byte[]>emitter(reader -> new RequestBody(routing, reader).read(timeout))
                .emitOn(task -> context.runOnContext(now -> task.run()));
    }

    /**
     * Drops the rest of a rejected body: a client may read the response only after it has sent the whole body. If the body
     * does not end in time, the connection is closed.
     */
    static void drop(RoutingContext routing) {
        drop(routing, TIMEOUT);
    }

    static void drop(RoutingContext routing, Duration timeout) {
        HttpServerRequest request = routing.request();
        if (request.isEnded()) {
            return;
        }
        long timer = routing.vertx()
                .setTimer(timeout.toMillis(), late -> request.connection().close());
        request.exceptionHandler(disconnected -> routing.vertx().cancelTimer(timer));
        request.handler(dropped -> {});
        request.endHandler(end -> routing.vertx().cancelTimer(timer));
        request.resume();
    }

    private void read(Duration timeout) {
        timer = routing.vertx().setTimer(timeout.toMillis(), late -> giveUp());
        request.exceptionHandler(broken -> {
            stopReading();
            reader.fail(ApiException.badRequest("Malformed HTTP request"));
        });
        request.handler(piece -> append(piece, timeout));
        request.endHandler(end -> {
            stopReading();
            reader.complete(received.getBytes());
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    /** The request keeps its handlers, and they the body and all steps after it, until the response has ended: thousands may wait. */
    private void stopReading() {
        routing.vertx().cancelTimer(timer);
        request.handler(null);
        request.endHandler(null);
        request.exceptionHandler(null);
    }

    private void append(Buffer piece, Duration timeout) {
        if (received.length() + piece.length() <= MAX_BYTES) {
            received.appendBuffer(piece);
            return;
        }
        routing.vertx().cancelTimer(timer);
        drop(routing, timeout);
        reader.fail(RequestError.BODY_TOO_LARGE.exception());
    }

    private void giveUp() {
        drop(routing, LINGER);
        reader.fail(ApiException.of(408, "The request timed out before it was complete. Nothing was started"));
    }
}
