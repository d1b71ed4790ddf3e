package dev.terminalcloud.connector.pipeline;

import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_ACCEPTED;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Guard of one network connection from its beginning to CONNECT: it closes the connection if CONNECT does not come in time,
 * the handshakes of TLS and WebSocket included. No byte that is sent meanwhile extends that time.
 */
final class PreConnectGuard {
    /** The guard of a connection. */
    static final AttributeKey<PreConnectGuard> KEY = AttributeKey.valueOf(PreConnectGuard.class, "guard");

    private final Channel channel;
    private final BiConsumer<PreConnectCloseReason, String> closeListener;
    private final Future<?> timer;
    private final Runnable onConnect;
    private volatile boolean connected;

    /**
     * Starts the time of the connection. The caller must be on its event loop.
     *
     * @param closeListener receives why the connection was closed without CONNECT, and the details
     * @param onConnect runs when CONNECT comes
     */
    PreConnectGuard(
            Channel channel,
            Duration timeout,
            BiConsumer<PreConnectCloseReason, String> closeListener,
            Runnable onConnect) {
        this.channel = channel;
        this.closeListener = closeListener;
        this.onConnect = onConnect;
        this.timer = channel.eventLoop()
                .schedule(() -> close(PreConnectCloseReason.CONNECT_TIMEOUT), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Watches for CONNECT among the messages to Vert.x's handler. */
    void watch(String handler) {
        channel.pipeline().addBefore(handler, "connectWatch", new ConnectWatch());
    }

    boolean isConnected() {
        return connected;
    }

    /** Closes the connection, unless CONNECT has come. May be called from any thread. */
    void close(PreConnectCloseReason reason) {
        if (!connected && channel.isOpen()) {
            closeListener.accept(reason, "from " + channel.remoteAddress());
            ChannelFuture unused = channel.close();
        }
    }

    /**
     * Lets nothing past CONNECT through until CONNACK has left, and reads nothing meanwhile: a client that waits for a late answer costs
     * its connection only, whatever it sends.
     */
    private final class ConnectWatch extends ChannelDuplexHandler {
        private final Queue<Object> early = new ArrayDeque<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (connected) {
                early.add(message);
                return;
            }
            if (message instanceof MqttConnectMessage) {
                connected = true;
                timer.cancel(false);
                onConnect.run();
                channel.config().setAutoRead(false);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ChannelFuture unused = context.write(message, promise);
            if (message instanceof MqttConnAckMessage answer) {
                boolean accepted = answer.variableHeader().connectReturnCode() == CONNECTION_ACCEPTED;
                // Not before the caller has finished its answer.
                context.executor().execute(() -> open(context, accepted));
            }
        }

        private void open(ChannelHandlerContext context, boolean accepted) {
            if (context.isRemoved()) {
                return;
            }
            if (accepted) {
                early.forEach(context::fireChannelRead);
                early.clear();
                // The answers to them are flushed at the end of what was read.
                context.fireChannelReadComplete();
            }
            context.pipeline().remove(this);
            channel.config().setAutoRead(true);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            early.forEach(ReferenceCountUtil::release);
            early.clear();
        }
    }
}
