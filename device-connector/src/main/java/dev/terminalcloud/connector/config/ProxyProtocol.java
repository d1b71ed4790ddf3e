package dev.terminalcloud.connector.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The PROXY protocol, version 2, with which a load balancer names the client of a TCP connection. */
public interface ProxyProtocol {
    /**
     * Ports on which each connection must come from one of the trusted proxies and begin with a header of the PROXY protocol, before TLS.
     * The address in it counts as the client's. None by default.
     */
    Optional<Set<DevicePort>> ports();

    /**
     * Addresses and networks ({@code 10.5.0.0/24}) of the load balancers: the connector trusts their headers of the PROXY protocol, never an
     * {@code X-Forwarded-For} that comes through them. The limit per address does not apply to one that names no client.
     */
    Optional<List<String>> trustedProxies();

    /** Returns whether the port expects the header. */
    default boolean isOn(DevicePort port) {
        return ports().filter(ports -> ports.contains(port)).isPresent();
    }

    /** A port for devices. */
    enum DevicePort {
        MQTT,
        WEB_SOCKET,
        MQTT_TLS,
        WEB_SOCKET_TLS
    }
}
