package dev.terminalcloud.httpserver;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/**
 * Netty extension that limits the incomplete requests of all HTTP servers of the process: that of Quarkus, its management
 * interface, and others. Quarkus itself has a time limit only for connections on which nothing moves at all.
 *
 * <p>Netty creates it, by its entry in {@code META-INF/services}, if {@link #limit} was called before the first server starts.
 */
public final class ServerConnections extends ChannelInitializerExtension {
    /** One for the process, as Netty gives no other way to reach what it creates. */
    static final IncompleteRequests REQUESTS = new IncompleteRequests(IncompleteRequestLimits.DEFAULT);

    /** Limits the connections of all servers that start from now on. Must be called at the beginning of {@code main}. */
    public static void limit() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new ReceivedBytesHandler(new RequestProgress(REQUESTS, connection)));
    }
}
