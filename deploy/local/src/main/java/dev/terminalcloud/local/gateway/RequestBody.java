package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The complete body of a request, read before any of it is forwarded: so a request that is incomplete, too long or too slow has certainly
 * started nothing, and the origin gets a body with one length, counted here.
 *
 * <p>A body that can't be read is answered here. The rest that the client still sends is read and dropped, as it may read the answer only
 * after that, and its connection is closed if the body does not end in time.
 */
final class RequestBody {
    static final int MAX_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Consumer<Buffer> reader;
    private final Buffer received = Buffer.buffer();
    private boolean refused;
    private boolean complete;

    private RequestBody(Vertx vertx, HttpServerRequest request, Consumer<Buffer> reader) {
        this.vertx = vertx;
        this.request = request;
        this.reader = reader;
    }

    /** Passes the body to the reader when it is complete; never, if it can't be read. On the request's context. */
    static void read(Vertx vertx, HttpServerRequest request, Duration limit, Consumer<Buffer> reader) {
        new RequestBody(vertx, request, reader).read(limit);
    }

    private void read(Duration limit) {
        if (!isFramedPlainly()) {
            GatewayError.MALFORMED.answerAndClose(vertx, request);
            return;
        }
        long timer = vertx.setTimer(limit.toMillis(), late -> giveUp());
        request.handler(this::append);
        request.exceptionHandler(broken -> {
            vertx.cancelTimer(timer);
            // A lost connection does not make a complete request malformed.
            if (!complete) {
                reject(GatewayError.MALFORMED);
                Http1Connection.flush(request.connection());
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            complete = true;
            if (!refused) {
                reader.accept(received);
            }
        });
        if (announcedLength() > MAX_BYTES) {
            reject(GatewayError.BODY_TOO_LARGE);
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private void append(Buffer piece) {
        if (refused) {
            return;
        }
        if (received.length() + piece.length() > MAX_BYTES) {
            reject(GatewayError.BODY_TOO_LARGE);
        } else {
            received.appendBuffer(piece);
        }
    }

    private void giveUp() {
        if (refused) {
            request.connection().close();
        } else {
            refused = true;
            GatewayError.REQUEST_TIMEOUT.answerAndClose(vertx, request);
        }
    }

    private void reject(GatewayError error) {
        if (!refused) {
            refused = true;
            error.answer(request);
        }
    }

    /** Returns whether the end of the body is given in exactly one way, which all servers interpret alike. */
    private boolean isFramedPlainly() {
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        List<String> lengths = request.headers().getAll("Content-Length");
        boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        return lengths.isEmpty() ? codings.isEmpty() || chunked : codings.isEmpty() && lengths.size() == 1;
    }

    private long announcedLength() {
        String length = request.getHeader("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }
}
