package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.ConnectorConfiguration.PlainPort;
import dev.terminalcloud.connector.config.ProxyProtocol.DevicePort;

/** The ways in which a device reaches this connector, each with a port of its own. */
public enum Transport {
    MQTT("connector.mqtt.port", -1, false, false),
    WEB_SOCKET("connector.web-socket.port", -2, true, false),
    MQTT_TLS("connector.tls.mqtt-port", -3, false, true),
    WEB_SOCKET_TLS("connector.tls.web-socket-port", -4, true, true);

    private final String key;
    private final int anyPort;
    private final boolean webSocket;
    private final boolean tls;

    Transport(String key, int anyPort, boolean webSocket, boolean tls) {
        this.key = key;
        this.anyPort = anyPort;
        this.webSocket = webSocket;
        this.tls = tls;
    }

    /** Returns the configuration key of its port. */
    String key() {
        return key;
    }

    boolean isWebSocket() {
        return webSocket;
    }

    boolean isTls() {
        return tls;
    }

    /** Returns whether the configuration opens it. */
    boolean isOpen(ConnectorConfiguration configuration) {
        return switch (this) {
            case MQTT -> configuration.tls().isOpen(PlainPort.MQTT);
            case WEB_SOCKET -> configuration.tls().isOpen(PlainPort.WEB_SOCKET);
            case MQTT_TLS, WEB_SOCKET_TLS -> configuration.tls().isOn();
        };
    }

    /** Returns whether a load balancer begins each of its connections with a header of the PROXY protocol. */
    boolean isBehindProxy(ConnectorConfiguration configuration) {
        return configuration.proxyProtocol().isOn(DevicePort.valueOf(name()));
    }

    /** Returns the number that means any free port to Vert.x: servers with the same negative number share one. */
    int anyPort() {
        return anyPort;
    }

    /** Returns the configured port; 0 for any free one. */
    int port(ConnectorConfiguration configuration) {
        return switch (this) {
            case MQTT -> configuration.mqtt().port();
            case WEB_SOCKET -> configuration.webSocket().port();
            case MQTT_TLS -> configuration.tls().mqttPort();
            case WEB_SOCKET_TLS -> configuration.tls().webSocketPort();
        };
    }
}
