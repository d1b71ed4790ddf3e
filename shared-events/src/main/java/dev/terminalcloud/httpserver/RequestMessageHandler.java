package dev.terminalcloud.httpserver;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Handler behind the codec of HTTP: tells the progress of a connection where requests and answers end. */
final class RequestMessageHandler extends ChannelDuplexHandler {
    private final RequestProgress progress;

    RequestMessageHandler(RequestProgress progress) {
        this.progress = progress;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            progress.endHead();
        }
        if (message instanceof LastHttpContent) {
            progress.endBody();
        }
        context.fireChannelRead(message);
    }

    /** Whoever writes waits for the promise. */
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
