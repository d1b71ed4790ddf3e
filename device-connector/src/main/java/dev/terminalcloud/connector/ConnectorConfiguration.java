package dev.terminalcloud.connector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set. A value that {@link ConfigurationRules} does not allow stops the start with its name. */
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

    /** MQTT over TCP. */
    Mqtt mqtt();

    /** MQTT over WebSocket, path {@code /mqtt}, on the same host. */
    WebSocket webSocket();

    /** What one device, or all of them, may use. */
    Limits limits();

    interface Mqtt {
        /** The address to listen on. */
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

    interface Limits {
        /** Open sessions; further devices are told that the server is busy. */
        @WithDefault("50000")
        int connections();

        /** Bytes of one MQTT packet from a device; a greater one closes the connection. */
        @WithDefault("65536")
        int packetSizeFromDevice();

        /** Bytes of one command's payload; a greater one is dropped and counted. */
        @WithDefault("262144")
        int packetSizeToDevice();

        /** MQTT packets from one device within a second; more close the connection. */
        @WithDefault("100")
        int packetsPerSecond();

        /** Commands that one device has not acknowledged; further ones wait. */
        @WithDefault("16")
        int unacknowledgedCommands();

        /** Commands that wait for one device; one more closes the connection, so that the cloud tells it anew. */
        @WithDefault("64")
        int waitingCommands();

        /** Events of one device that are not acknowledged yet; one more closes the connection. */
        @WithDefault("64")
        int unacknowledgedEvents();

        /** From the beginning of the network connection to CONNECT, handshakes included. */
        @WithDefault("10s")
        Duration timeToConnect();

        /** How long a device may take nothing of what is sent to it before the connection is closed. */
        @WithDefault("10s")
        Duration timeToRead();

        /** From CONNECT to {@code hello}. */
        @WithDefault("10s")
        Duration timeToHello();

        /** How long Kafka may take for an event before the device's connection is closed. */
        @WithDefault("10s")
        Duration timeToStoreEvent();

        /** How long a device may take to acknowledge a command. */
        @WithDefault("10s")
        Duration timeToAcknowledgeCommand();
    }
}
