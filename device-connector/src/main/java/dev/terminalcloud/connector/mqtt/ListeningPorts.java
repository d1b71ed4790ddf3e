package dev.terminalcloud.connector.mqtt;

import java.util.Map;
import java.util.TreeMap;

/** The port of each transport that is open. */
public record ListeningPorts(Map<Transport, Integer> open) {
    public ListeningPorts {
        open = Map.copyOf(open);
    }

    public int mqtt() {
        return port(Transport.MQTT);
    }

    public int webSocket() {
        return port(Transport.WEB_SOCKET);
    }

    public int mqttTls() {
        return port(Transport.MQTT_TLS);
    }

    public int webSocketTls() {
        return port(Transport.WEB_SOCKET_TLS);
    }

    public boolean isOpen(Transport transport) {
        return open.containsKey(transport);
    }

    /** @throws IllegalStateException if the transport is closed */
    private int port(Transport transport) {
        if (!isOpen(transport)) {
            throw new IllegalStateException("Not listening on " + transport);
        }
        return open.get(transport);
    }

    /** Returns the ports in a fixed order. */
    @Override
    public String toString() {
        return new TreeMap<>(open).toString();
    }
}
