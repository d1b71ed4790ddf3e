package dev.terminalcloud.connector.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Timeout from the beginning of a network connection to CONNECT. It includes the handshakes of TLS and WebSocket, and no
 * byte that is sent meanwhile extends it.
 */
final class ConnectTimeoutHandler extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Future<?>> TIMER = AttributeKey.valueOf(ConnectTimeoutHandler.class, "timer");

    /** Starts the timeout: it closes the connection, after {@code missed}, unless CONNECT {@linkplain #watch comes} in time. */
    static void begin(Channel channel, Duration limit, Runnable missed) {
        Runnable end = () -> {
            if (channel.isOpen()) {
                missed.run();
                ChannelFuture unused = channel.close();
            }
        };
        channel.attr(TIMER).set(channel.eventLoop().schedule(end, limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Watches for CONNECT among the messages to Vert.x's handler. */
    static void watch(Channel channel, String handler) {
        channel.pipeline().addBefore(handler, "connectTimeout", new ConnectTimeoutHandler());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof MqttConnectMessage) {
            context.channel().attr(TIMER).get().cancel(false);
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }
}
