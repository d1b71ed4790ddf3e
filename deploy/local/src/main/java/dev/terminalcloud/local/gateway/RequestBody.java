package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The body of a request on its way to an origin. One of at most 256 KiB is read before any of it is forwarded: so a request that is
 * incomplete or too slow has certainly started nothing, and the origin gets a body with one length, counted here. A longer one is passed on
 * as it comes: its size is for the service to judge.
 *
 * <p>A body that can't be read is answered here. The rest that the client still sends is read and dropped, as it may read the answer only
 * after that. The connection is closed if the body does not end in time.
 */
final class RequestBody {
    static final int MAX_BUFFERED_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Consumer<Optional<Body>> reader;
    private final Buffer received = Buffer.buffer();
    private boolean answered;
    private boolean passedOn;
    private boolean complete;
    private long timer;

    private RequestBody(Vertx vertx, HttpServerRequest request, Consumer<Optional<Body>> reader) {
        this.vertx = vertx;
        this.request = request;
        this.reader = reader;
    }

    /**
     * Passes the body, empty if the request has no body, to the reader when it may be forwarded; never, if it can't be read. On the request's
     * context. The framing that the headers of the request then have is that of the body.
     */
    static void read(Vertx vertx, HttpServerRequest request, Duration limit, Consumer<Optional<Body>> reader) {
        new RequestBody(vertx, request, reader).read(limit);
    }

    private void read(Duration limit) {
        if (!isFramedPlainly()) {
            GatewayError.MALFORMED.answerAndClose(vertx, request);
            return;
        }
        timer = vertx.setTimer(limit.toMillis(), late -> giveUp());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.exceptionHandler(broken -> fail());
        request.handler(this::append);
        request.endHandler(end -> finish());
    }

    private void append(Buffer piece) {
        if (answered) {
            return;
        }
        received.appendBuffer(piece);
        if (received.length() > MAX_BUFFERED_BYTES) {
            passOn();
        }
    }

    private void finish() {
        vertx.cancelTimer(timer);
        complete = true;
        if (!answered) {
            boolean announced = request.headers().contains("Content-Length");
            request.headers().remove("Transfer-Encoding");
            reader.accept(received.length() > 0 || announced ? Optional.of(Body.body(received)) : Optional.empty());
        }
    }

    /** Passes on what is there and what will come. The reader sets handlers of its own. */
    private void passOn() {
        passedOn = true;
        request.pause();
        PartlyReadBody stream = new PartlyReadBody(request, received, () -> vertx.cancelTimer(timer));
        String length = request.getHeader("Content-Length");
        if (length == null) {
            request.headers().set("Transfer-Encoding", "chunked");
        }
        reader.accept(Optional.of(length == null ? Body.body(stream) : Body.body(stream, Long.parseLong(length))));
    }

    private void fail() {
        vertx.cancelTimer(timer);
        // A lost connection does not make a complete request malformed.
        if (!complete && !answered) {
            answered = true;
            GatewayError.MALFORMED.answer(request);
            Http1Connection.flush(request.connection());
        }
    }

    private void giveUp() {
        if (answered || passedOn) {
            request.connection().close();
        } else {
            answered = true;
            GatewayError.REQUEST_TIMEOUT.answerAndClose(vertx, request);
        }
    }

    /** Returns whether the end of the body is given in exactly one way, which all servers interpret alike. */
    private boolean isFramedPlainly() {
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        List<String> lengths = request.headers().getAll("Content-Length");
        boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        return lengths.isEmpty() ? codings.isEmpty() || chunked : codings.isEmpty() && lengths.size() == 1;
    }
}
