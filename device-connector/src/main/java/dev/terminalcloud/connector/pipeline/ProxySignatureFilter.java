package dev.terminalcloud.connector.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.util.ReferenceCountUtil;
import java.util.HexFormat;

/**
 * Fails a connection at its first byte that is not of the signature of the PROXY protocol, version 2. Netty's decoder would wait for the
 * line of a version 1 until the connection times out.
 */
final class ProxySignatureFilter extends ChannelInboundHandlerAdapter {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

    private int matched;
    private boolean failed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!failed && !matches((ByteBuf) message)) {
            failed = true;
            context.fireExceptionCaught(new HAProxyProtocolException("no signature of version 2"));
        }
        if (failed) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
            if (matched == SIGNATURE.length) {
                context.pipeline().remove(this);
            }
        }
    }

    private boolean matches(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex() && matched < SIGNATURE.length; i++) {
            if (bytes.getByte(i) != SIGNATURE[matched]) {
                return false;
            }
            matched++;
        }
        return true;
    }
}
