package dev.terminalcloud.connector.pipeline;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/**
 * Refuses the handshake of a WebSocket that a web page of another origin wants to open, with 403 (RFC 6455, sections 4.2.2 and
 * 10.2). A browser always names the origin of the page; a client that is not a browser can't be stopped by this.
 */
final class OriginFilter extends ChannelInboundHandlerAdapter {
    private final ConnectionLimits connections;
    private boolean refused;

    OriginFilter(ConnectionLimits connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!refused && message instanceof HttpRequest request && !isAllowed(request.headers())) {
            refuse(context);
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean isAllowed(HttpHeaders headers) {
        String host = headers.get(HttpHeaderNames.HOST);
        return headers.getAll(HttpHeaderNames.ORIGIN).stream()
                .allMatch(origin -> connections.origins().isAllowed(origin, host));
    }

    private void refuse(ChannelHandlerContext context) {
        refused = true;
        connections.closed(PreConnectCloseReason.ORIGIN_REFUSED, "from " + PeerAddress.text(context.channel()));
        FullHttpResponse forbidden = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN);
        forbidden
                .headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ChannelFuture unused = context.writeAndFlush(forbidden).addListener(ChannelFutureListener.CLOSE);
    }
}
