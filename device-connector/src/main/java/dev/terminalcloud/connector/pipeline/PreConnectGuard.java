package dev.terminalcloud.connector.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
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
            closeListener.accept(reason, "from " + PeerAddress.text(channel));
            ChannelFuture unused = channel.close();
        }
    }

    /**
     * Passes CONNECT on. If it is not answered at once, it will be refused: the connection is not read until then, and what has been read
     * with CONNECT is dropped, so that a client that waits for a late refusal costs its connection only, whatever it sends.
     */
    private final class ConnectWatch extends ChannelDuplexHandler {
        private boolean answered;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (connected) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (!(message instanceof MqttConnectMessage)) {
                context.fireChannelRead(message);
                return;
            }
            connected = true;
            timer.cancel(false);
            onConnect.run();
            context.fireChannelRead(message);
            if (answered) {
                context.pipeline().remove(this);
            } else {
                stopReading();
            }
        }

        /** Decoders that have nothing to pass on would read in spite of the configuration. */
        private void stopReading() {
            channel.config().setAutoRead(false);
            channel.pipeline().addFirst("noReads", new NoReads());
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            answered |= message instanceof MqttConnAckMessage;
            ChannelFuture unused = context.write(message, promise);
        }
    }

    /** Ignores all requests to read from the network. */
    private static final class NoReads extends ChannelOutboundHandlerAdapter {
        @Override
        public void read(ChannelHandlerContext context) {
            // The connection is about to be closed.
        }
    }
}
