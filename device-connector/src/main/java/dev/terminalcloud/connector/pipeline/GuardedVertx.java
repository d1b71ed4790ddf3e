package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.ConnectorConfiguration.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.util.function.BiConsumer;

/**
 * Vert.x as vertx-mqtt is to see it. Its MQTT server keeps its network server to itself and gives no hold on a connection
 * before CONNECT; so the network server that it creates is a guarded one.
 */
public final class GuardedVertx extends VertxWrapper {
    private final Limits limits;
    private final BiConsumer<PreConnectCloseReason, String> ends;

    /** @param ends hears why a connection ended before CONNECT was answered, and the details, on an event loop */
    public GuardedVertx(Vertx vertx, Limits limits, BiConsumer<PreConnectCloseReason, String> ends) {
        super((VertxInternal) vertx);
        this.limits = limits;
        this.ends = ends;
    }

    @Override
    public NetServer createNetServer(NetServerOptions options) {
        return new GuardedNetServer(delegate, options, limits, ends)
                .exceptionHandler(failure -> ends.accept(PreConnectCloseReason.HANDSHAKE_FAILED, failure.toString()));
    }
}
