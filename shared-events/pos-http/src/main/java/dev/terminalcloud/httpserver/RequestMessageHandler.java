package dev.terminalcloud.httpserver;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Handler behind the codec of HTTP: reports to the progress of a connection where requests and answers end, and rejects what is not
 * HTTP.
 */
final class RequestMessageHandler extends ChannelDuplexHandler {
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final RequestProgress progress;

    RequestMessageHandler(RequestProgress progress) {
        this.progress = progress;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isFailure() && progress.isAnswered()) {
                reject(context, request);
                return;
            }
            progress.endHead();
        }
        if (message instanceof LastHttpContent) {
            progress.endBody();
        }
        context.fireChannelRead(message);
    }

    /**
     * Closes the connection a moment after the answer: the client may still be sending, and closing a connection with unread bytes
     * resets it, which can lose the answer. The codec drops what still comes.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void reject(ChannelHandlerContext context, HttpRequest request) {
        context.writeAndFlush(InvalidRequestAnswer.to(request.decoderResult().cause()));
        context.executor().schedule(() -> context.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        ReferenceCountUtil.release(request);
    }

    /** The writer observes the promise. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (message instanceof LastHttpContent && !isInterim(message)) {
            progress.answer();
        }
    }

    /** {@code 100 Continue} comes before the answer proper. */
    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
