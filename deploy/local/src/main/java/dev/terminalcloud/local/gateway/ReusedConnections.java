package dev.terminalcloud.local.gateway;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.httpproxy.ProxyContext;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The connections to origins that have served a request. An origin may close one just when the gateway sends the next request on it, and then
 * reads nothing of that. Thread-safe.
 */
final class ReusedConnections {
    private static final String REUSED = "connection is reused";

    private final Set<HttpConnection> answered =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Records whether the connection of this exchange has served a request before. */
    void watch(ProxyContext context, HttpClientRequest outgoing) {
        HttpConnection connection = outgoing.connection();
        context.set(REUSED, answered.contains(connection));
        outgoing.response().onSuccess(response -> answered.add(connection));
    }

    /** Returns whether the newest attempt of this exchange is on a connection that had served a request before. */
    static boolean isUsedBy(ProxyContext context) {
        return Boolean.TRUE.equals(context.get(REUSED, Boolean.class));
    }
}
