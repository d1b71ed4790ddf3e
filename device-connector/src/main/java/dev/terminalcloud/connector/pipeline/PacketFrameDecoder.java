package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.budget.Allowance;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Passes whole packets to the MQTT decoder, and rejects one that is too large by its length alone (MQTT 3.1.1 and 5, section
 * 2.1). Netty's decoder would first read the packet's variable header, which with the properties of MQTT 5 may be as large as
 * any packet, and would read it again with each byte that comes: memory and time for a client that is not even authenticated.
 * And of a truncated packet it would wait for the rest, which never comes.
 *
 * <p>It answers a CONNECT that {@link ConnectValidator} does not allow (MQTT 5, section 4.13): a client that speaks MQTT 5
 * receives the reason code, for one that speaks 3.1.1 the connection just closes.
 */
final class PacketFrameDecoder extends ByteToMessageDecoder {
    private static final int MAX_LENGTH_BYTES = 4;

    private final ConnectionLimits connections;
    private final PacketTypeFilter decoded;
    private final Allowance byteBudget;
    private boolean firstPassed;
    private boolean refused;

    /** @param decoded the handler that receives the decoded packets */
    PacketFrameDecoder(ConnectionLimits connections, PacketTypeFilter decoded) {
        this.connections = connections;
        this.decoded = decoded;
        this.byteBudget = connections.newByteBudget();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf received, List<Object> unused) {
        if (refused || !context.channel().isActive()) {
            received.skipBytes(received.readableBytes());
            return;
        }
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            if (received.readableBytes() < 2 + i) {
                return;
            }
            int digit = received.getUnsignedByte(received.readerIndex() + 1 + i);
            length |= (digit & 0x7f) << (7 * i);
            if (digit < 0x80) {
                emit(context, received, 2 + i, length);
                return;
            }
        }
        reject(new DecoderException("Remaining length exceeds four bytes"));
    }

    private void emit(ChannelHandlerContext context, ByteBuf received, int headerLength, int length) {
        if (!firstPassed && headerLength + length > connections.limits().maxConnectSize()) {
            refuse(context, PreConnectCloseReason.TOO_MANY_BYTES, "CONNECT of %d bytes".formatted(length));
            received.skipBytes(received.readableBytes());
            return;
        }
        if (length > connections.limits().maxInboundPacketSize()) {
            reject(new TooLongFrameException("Packet too large: %d bytes".formatted(length)));
        }
        if (received.readableBytes() < headerLength + length) {
            return;
        }
        if (firstPassed && !byteBudget.tryTake(headerLength + length, System.nanoTime())) {
            reject(new ByteBudgetException());
        }
        ByteBuf packet = received.readSlice(headerLength + length);
        if (firstPassed || isAllowed(context, packet)) {
            firstPassed = true;
            pass(context, packet);
        }
    }

    private boolean isAllowed(ChannelHandlerContext context, ByteBuf first) {
        try {
            ConnectValidator.validate(first);
            return true;
        } catch (InvalidConnectException e) {
            refuse(context, first, e);
            return false;
        }
    }

    private void refuse(ChannelHandlerContext context, ByteBuf connect, InvalidConnectException why) {
        refused = true;
        recordClose(context, why.reason(), why.getMessage());
        if (ConnectValidator.isMqtt5(connect)) {
            ChannelFuture unused = context.writeAndFlush(Unpooled.wrappedBuffer(why.connack()))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            ChannelFuture unused = context.close();
        }
    }

    private void refuse(ChannelHandlerContext context, PreConnectCloseReason reason, String detail) {
        refused = true;
        recordClose(context, reason, detail);
        ChannelFuture unused = context.close();
    }

    private void recordClose(ChannelHandlerContext context, PreConnectCloseReason reason, String detail) {
        connections.closed(reason, "from %s: %s".formatted(PeerAddress.text(context.channel()), detail));
    }

    private void pass(ChannelHandlerContext context, ByteBuf packet) {
        int before = decoded.count();
        context.fireChannelRead(packet.retain());
        if (decoded.count() == before && context.channel().isActive()) {
            reject(new DecoderException("Truncated packet"));
        }
    }

    private void reject(DecoderException why) {
        refused = true;
        throw why;
    }
}
