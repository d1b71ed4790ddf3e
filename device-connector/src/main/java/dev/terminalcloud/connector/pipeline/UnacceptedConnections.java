package dev.terminalcloud.connector.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The network connections on which no CONNECT has come yet, oldest first: a limited number of all, and of each address. A
 * connection that exceeds a limit pushes out the oldest one: a client that only opens connections pushes out its own. Thread-safe.
 *
 * @param <C> a connection
 * @param <A> its address
 */
public final class UnacceptedConnections<C, A> {
    private final int max;
    private final int maxPerAddress;
    private final Map<C, Optional<A>> addresses = new LinkedHashMap<>();
    private final Map<A, Set<C>> byAddress = new HashMap<>();

    public UnacceptedConnections(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** A connection that must be closed. */
    record Excess<C>(C connection, PreConnectCloseReason reason) {}

    /**
     * Adds a connection; returns the oldest one that it pushes out, which is no longer among them.
     *
     * @param address empty if the address stands for unrelated clients: then only the number of all is limited
     */
    synchronized Optional<Excess<C>> add(C connection, Optional<A> address) {
        Optional<Excess<C>> excess = put(connection, address);
        return excess.isPresent() || addresses.size() <= max
                ? excess
                : Optional.of(remove(addresses.keySet().iterator().next(), PreConnectCloseReason.TOO_MANY_UNACCEPTED));
    }

    /**
     * Records the address of a connection that was added without one, and is not removed; returns the oldest one of that address that it
     * pushes out.
     */
    synchronized Optional<Excess<C>> identify(C connection, Optional<A> address) {
        return addresses.containsKey(connection) ? put(connection, address) : Optional.empty();
    }

    private Optional<Excess<C>> put(C connection, Optional<A> address) {
        addresses.put(connection, address);
        address.ifPresent(known -> byAddress
                .computeIfAbsent(known, unused -> new LinkedHashSet<>(1))
                .add(connection));
        return address.map(byAddress::get)
                .filter(connections -> connections.size() > maxPerAddress)
                .map(connections -> connections.iterator().next())
                .map(oldest -> remove(oldest, PreConnectCloseReason.TOO_MANY_UNACCEPTED_OF_ADDRESS));
    }

    /** Removes a connection that sent CONNECT or is closed. */
    synchronized void remove(C connection) {
        Optional<A> address = addresses.remove(connection);
        if (address != null) {
            address.ifPresent(known -> byAddress.computeIfPresent(known, (unused, connections) -> {
                connections.remove(connection);
                return connections.isEmpty() ? null : connections;
            }));
        }
    }

    /** Returns the number of connections without CONNECT. */
    public synchronized int size() {
        return addresses.size();
    }

    private Excess<C> remove(C connection, PreConnectCloseReason reason) {
        remove(connection);
        return new Excess<>(connection, reason);
    }
}
