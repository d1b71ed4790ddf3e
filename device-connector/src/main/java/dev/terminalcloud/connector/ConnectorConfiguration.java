package dev.terminalcloud.connector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be set. A value that {@link ConfigurationValidator} does not allow stops the start with its name. */
@ConfigMapping(prefix = "connector")
public interface ConnectorConfiguration {

    /**
     * Which partition of {@code device-commands} is this connector's. No two connectors may run with one index: the one
     * that started last ends the other. No default, so that nobody runs two by forgetting it.
     */
    int index();

    /** Pairs of servers (TCP and WebSocket), each on an event loop of its own; 0 for one per processor. */
    @WithDefault("0")
    int eventLoops();

    /**
     * Over how long the devices are spread that are asked to come back elsewhere when this connector is told to end: with
     * fewer than 50 of them for each second it takes less. The stop as a whole takes up to 30 s longer.
     */
    @WithDefault("60s")
    Duration drainDuration();

    /** MQTT over TCP, without TLS. */
    Mqtt mqtt();

    /** MQTT over WebSocket, path {@code /mqtt}, on the same host, without TLS. */
    WebSocket webSocket();

    /** TLS on both transports, and client certificates of devices. */
    Tls tls();

    /**
     * Addresses and networks ({@code 10.4.0.0/24}) of the gateway: what they say in {@code X-Forwarded-For} of a WebSocket
     * is believed. Also of balancers that hide where a TCP connection comes from: the limit per address is not for them.
     */
    Optional<List<String>> trustedProxies();

    /** How often somebody may fail to prove who it is. */
    FailedConnectLimits failedConnects();

    /** What one device, or all of them, may use. */
    Limits limits();

    interface Mqtt {
        /** The address that every port is on. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 for any free port. */
        @WithDefault("1883")
        int port();
    }

    interface WebSocket {
        /** 0 for any free port. */
        @WithDefault("8083")
        int port();
    }

    /** A transport without TLS. */
    enum PlainPort {
        MQTT,
        WEB_SOCKET
    }

    /** What a device that shows no certificate may do, where there are authorities that could have signed one. */
    enum DeviceClientAuth {
        /** It may give its secret instead. */
        REQUEST,
        /** Nothing: TLS refuses it. */
        REQUIRED
    }

    interface Tls {
        /** Whether the connector refuses to start without a certificate. */
        @WithDefault("true")
        boolean required();

        /**
         * PEM file: the certificate of this connector, then those that lead to its root. With it TLS is on. The three files
         * are read again when what is in them changes.
         */
        Optional<Path> certificateChain();

        /** PEM file: the key of the first certificate, RSA or EC, not encrypted. */
        Optional<Path> key();

        /** PEM file: the authorities whose certificates prove which device somebody is; none without it. */
        Optional<Path> deviceCaCertificates();

        /** With authorities: whether each device must have a certificate. */
        @WithDefault("request")
        DeviceClientAuth clientAuth();

        /** MQTT over TCP with TLS, on the same host; 0 for any free port. */
        @WithDefault("8883")
        int mqttPort();

        /** MQTT over WebSocket with TLS; 0 for any free port. */
        @WithDefault("8084")
        int webSocketPort();

        /** The ports without TLS that stay open beside those with it; none by default. Without TLS both are open. */
        Optional<Set<PlainPort>> plainPorts();

        /** How often the files are looked at. */
        @WithDefault("10s")
        Duration reloadPeriod();

        /** Whether there is TLS. */
        default boolean isOn() {
            return certificateChain().isPresent();
        }

        /** Whether that port is open. */
        default boolean isOpen(PlainPort port) {
            return !isOn() || plainPorts().filter(ports -> ports.contains(port)).isPresent();
        }
    }

    interface FailedConnectLimits {
        /** CONNECTs of one device id from one address that may fail at once; more are refused unchecked. */
        @WithDefault("10")
        int maxPerDevice();

        /** After how long one more may fail. */
        @WithDefault("6s")
        Duration deviceRefillInterval();

        /** CONNECTs from one IPv4 address, or /64 network of IPv6, that may fail at once, of all device ids. */
        @WithDefault("100")
        int maxPerAddress();

        /** After how long one more may fail. */
        @WithDefault("1s")
        Duration addressRefillInterval();

        /** How long a device that was let in from an address is not held up by what others try from there. */
        @WithDefault("24h")
        Duration knownDeviceTtl();
    }

    interface Limits {
        /** Open sessions; further devices are told that the server is busy. */
        @WithDefault("50000")
        int maxConnections();

        /** Bytes of one MQTT packet from a device; a greater one closes the connection. */
        @WithDefault("65536")
        int maxInboundPacketSize();

        /** Bytes of one command's payload; a greater one is dropped and counted. */
        @WithDefault("262144")
        int maxCommandPayloadSize();

        /** MQTT packets from one device within a second; more close the connection. */
        @WithDefault("100")
        int maxPacketsPerSecond();

        /** Commands that one device has not acknowledged; further ones wait. */
        @WithDefault("16")
        int maxUnacknowledgedCommands();

        /** Commands that wait for one device; one more closes the connection, so that the cloud tells it anew. */
        @WithDefault("64")
        int maxQueuedCommands();

        /** Events of one device that are not acknowledged yet; one more closes the connection. */
        @WithDefault("64")
        int maxUnacknowledgedEvents();

        /** From the beginning of the network connection to CONNECT, handshakes included. */
        @WithDefault("10s")
        Duration connectTimeout();

        /** How long a device may take nothing of what is sent to it before the connection is closed. */
        @WithDefault("10s")
        Duration writeTimeout();

        /** From CONNECT to {@code hello}. */
        @WithDefault("10s")
        Duration helloTimeout();

        /** How long Kafka may take for an event before the device's connection is closed. */
        @WithDefault("10s")
        Duration eventPublishTimeout();

        /** How long a device may take to acknowledge a command. */
        @WithDefault("10s")
        Duration commandAckTimeout();
    }
}
