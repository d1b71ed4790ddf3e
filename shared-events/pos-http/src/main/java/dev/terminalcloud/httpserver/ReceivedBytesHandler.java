package dev.terminalcloud.httpserver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * First handler of a connection: reports bytes to the progress of its requests, before anything decodes them. With the first
 * bytes it adds {@link RequestMessageHandler} behind the codec of HTTP. It leaves a connection alone that does not have that
 * codec by then, because it uses TLS or another protocol.
 */
final class ReceivedBytesHandler extends ChannelInboundHandlerAdapter {
    private final RequestProgress progress;
    private boolean begun;

    ReceivedBytesHandler(RequestProgress progress) {
        this.progress = progress;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        progress.open();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (begun || begin(context)) {
            progress.receive(((ByteBuf) message).readableBytes());
        }
        context.fireChannelRead(message);
    }

    private boolean begin(ChannelHandlerContext context) {
        ChannelHandlerContext codec = context.pipeline().context(HttpResponseEncoder.class);
        if (codec == null) {
            context.pipeline().remove(this);
        } else {
            context.pipeline().addAfter(codec.name(), null, new RequestMessageHandler(progress));
            begun = true;
        }
        return begun;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        progress.close();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        progress.close();
    }
}
