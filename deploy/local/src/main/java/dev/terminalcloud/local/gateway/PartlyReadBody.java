package dev.terminalcloud.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;

/** The body of a paused request of which a beginning was already read: first that, then the rest. On the request's context. */
final class PartlyReadBody implements ReadStream<Buffer> {
    private final HttpServerRequest request;
    private final Buffer beginning;
    private final Runnable ended;
    private Handler<Buffer> handler;
    private boolean begun;
    private boolean paused = true;

    /** @param ended run when the body has ended, or its connection is lost */
    PartlyReadBody(HttpServerRequest request, Buffer beginning, Runnable ended) {
        this.request = request;
        this.beginning = beginning;
        this.ended = ended;
    }

    @Override
    public PartlyReadBody handler(Handler<Buffer> next) {
        handler = next;
        request.handler(next);
        return this;
    }

    @Override
    public PartlyReadBody pause() {
        paused = true;
        request.pause();
        return this;
    }

    @Override
    public PartlyReadBody resume() {
        paused = false;
        emitBeginning();
        if (!paused) {
            request.resume();
        }
        return this;
    }

    @Override
    public PartlyReadBody fetch(long amount) {
        emitBeginning();
        request.fetch(amount);
        return this;
    }

    @Override
    public PartlyReadBody exceptionHandler(Handler<Throwable> next) {
        request.exceptionHandler(afterTheEnd(next));
        return this;
    }

    @Override
    public PartlyReadBody endHandler(Handler<Void> next) {
        request.endHandler(afterTheEnd(next));
        return this;
    }

    private <T> Handler<T> afterTheEnd(Handler<T> next) {
        return event -> {
            ended.run();
            if (next != null) {
                next.handle(event);
            }
        };
    }

    private void emitBeginning() {
        if (!begun && handler != null) {
            begun = true;
            handler.handle(beginning);
        }
    }
}
