package dev.terminalcloud.httpserver;

import io.netty.channel.Channel;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests that a process is receiving, in the order in which they began, with their bytes. If they become too many, the
 * connection of the oldest is closed: a client that sends a whole request needs an instant and is hardly ever the oldest, so
 * that clients which never finish one cost each other their connections, and neither memory nor the requests of others.
 *
 * <p>Thread-safe.
 */
final class IncompleteRequests {
    /** No more of a single request is ever kept in memory: the largest body is the one of the administration API. */
    private static final long MAX_COUNTED_BYTES = 1024 * 1024;

    private final IncompleteRequestLimits limits;
    private final Map<Channel, Long> bytesByConnection = new LinkedHashMap<>();
    private final Map<CloseReason, AtomicLong> closed = new EnumMap<>(CloseReason.class);
    private long bytes;

    IncompleteRequests(IncompleteRequestLimits limits) {
        this.limits = limits;
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new AtomicLong());
        }
    }

    IncompleteRequestLimits limits() {
        return limits;
    }

    /** Counts bytes of the connection's request, which may begin with them. */
    synchronized void receive(Channel connection, int received) {
        long before = bytesByConnection.getOrDefault(connection, 0L);
        long after = Math.min(MAX_COUNTED_BYTES, before + received);
        bytesByConnection.put(connection, after);
        bytes += after - before;
        if (bytesByConnection.size() > limits.maxRequests()) {
            closeOldest(CloseReason.TOO_MANY_REQUESTS);
        }
        while (bytes > limits.maxBytes()) {
            closeOldest(CloseReason.TOO_MANY_BYTES);
        }
    }

    /** Ends the connection's request, which is complete or will never be. */
    synchronized void end(Channel connection) {
        Long counted = bytesByConnection.remove(connection);
        if (counted != null) {
            bytes -= counted;
        }
    }

    /** Nothing waits for the end of the connection: its handlers notice it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void close(Channel connection, CloseReason reason) {
        closed.get(reason).incrementAndGet();
        connection.close();
    }

    private void closeOldest(CloseReason reason) {
        Iterator<Channel> oldestFirst = bytesByConnection.keySet().iterator();
        Channel oldest = oldestFirst.next();
        end(oldest);
        close(oldest, reason);
    }

    /** Returns the number of requests that have begun and are not complete. */
    synchronized int count() {
        return bytesByConnection.size();
    }

    /** Returns the bytes that were received of them. */
    synchronized long bytes() {
        return bytes;
    }

    /** Returns how many connections were closed for this reason. */
    long closed(CloseReason reason) {
        return closed.get(reason).get();
    }
}
