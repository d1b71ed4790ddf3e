package dev.terminalcloud.connector.config;

import java.util.Optional;
import java.util.Set;

/** The PROXY protocol, version 2, with which a load balancer names the client of a TCP connection. */
public interface ProxyProtocol {
    /**
     * Ports on which each connection must come from one of the trusted proxies and begin with a header of the PROXY protocol, before TLS.
     * The address in it counts as the client's. None by default.
     */
    Optional<Set<DevicePort>> ports();

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
