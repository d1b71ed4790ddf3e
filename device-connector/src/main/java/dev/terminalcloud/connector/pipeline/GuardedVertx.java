package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.ConnectorConfiguration.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.util.function.BiConsumer;

/**
 * The Vert.x instance that vertx-mqtt uses. The MQTT server of vertx-mqtt exposes neither its network server nor a connection
 * before CONNECT; so the network server that it creates from here is a {@link GuardedNetServer}.
 */
public final class GuardedVertx extends VertxWrapper {
    private final Limits limits;
    private final BiConsumer<PreConnectCloseReason, String> closeListener;

    /** @param closeListener receives, on an event loop, why a connection ended before it was authenticated, and the details */
    public GuardedVertx(Vertx vertx, Limits limits, BiConsumer<PreConnectCloseReason, String> closeListener) {
        super((VertxInternal) vertx);
        this.limits = limits;
        this.closeListener = closeListener;
    }

    @Override
    public NetServer createNetServer(NetServerOptions options) {
        return new GuardedNetServer(delegate, options, limits, closeListener)
                .exceptionHandler(
                        failure -> closeListener.accept(PreConnectCloseReason.HANDSHAKE_FAILED, failure.toString()));
    }
}
