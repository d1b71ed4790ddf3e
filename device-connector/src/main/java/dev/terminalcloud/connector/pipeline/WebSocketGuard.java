package dev.terminalcloud.connector.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;

/**
 * Guard of a WebSocket: no extension is agreed on, so a frame with a reserved bit closes the connection (RFC 6455, section
 * 5.2). After the handshake it starts the count of bytes before CONNECT.
 */
final class WebSocketGuard extends ChannelInboundHandlerAdapter {
    private final PreConnectByteLimit bytes;
    private final int maxBytes;

    WebSocketGuard(PreConnectByteLimit bytes, int maxBytes) {
        this.bytes = bytes;
        this.maxBytes = maxBytes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete) {
            bytes.restart(maxBytes);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && frame.rsv() != 0) {
            ReferenceCountUtil.release(frame);
            context.fireExceptionCaught(new DecoderException("Reserved bit of a WebSocket frame is set"));
        } else {
            context.fireChannelRead(message);
        }
    }
}
