package dev.terminalcloud.connector.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/**
 * The Vert.x instance that vertx-mqtt uses. The MQTT server of vertx-mqtt exposes neither its network server nor a connection
 * before CONNECT; so the network server that it creates from here is a {@link GuardedNetServer}.
 */
public final class GuardedVertx extends VertxWrapper {
    private final ConnectionLimits limits;
    private final boolean behindProxy;

    /** @param behindProxy whether each connection must come from a trusted proxy and begin with a header of the PROXY protocol */
    public GuardedVertx(Vertx vertx, ConnectionLimits limits, boolean behindProxy) {
        super((VertxInternal) vertx);
        this.limits = limits;
        this.behindProxy = behindProxy;
    }

    @Override
    public NetServer createNetServer(NetServerOptions options) {
        return new GuardedNetServer(
                        new AcceptFilteringVertx(delegate, limits, behindProxy), options, limits, behindProxy)
                .exceptionHandler(failure -> limits.closed(PreConnectCloseReason.HANDSHAKE_FAILED, failure.toString()));
    }
}
