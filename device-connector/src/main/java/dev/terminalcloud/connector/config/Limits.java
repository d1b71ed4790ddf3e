package dev.terminalcloud.connector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of one device, or of all of them. */
public interface Limits {
    /** Maximum number of open sessions; further devices are told that the server is busy. */
    @WithDefault("50000")
    int maxConnections();

    /** Maximum number of network connections without CONNECT; one more closes the oldest of them. */
    @WithDefault("5000")
    int maxUnacceptedConnections();

    /** The same for one IPv4 address, or /64 network of IPv6; one more closes the oldest of that address. */
    @WithDefault("1000")
    int maxUnacceptedConnectionsPerAddress();

    /** Maximum size of a CONNECT, in bytes, and of all that comes before it is complete. */
    @WithDefault("2048")
    int maxConnectSize();

    /** Maximum size of the TLS handshake, and of the HTTP request that opens a WebSocket, in bytes. */
    @WithDefault("16384")
    int maxHandshakeSize();

    /** Maximum size of one MQTT packet from a device, in bytes; a larger one closes the connection. */
    @WithDefault("65536")
    int maxInboundPacketSize();

    /** Maximum size of one command's payload, in bytes; a larger one is dropped and counted. */
    @WithDefault("262144")
    int maxCommandPayloadSize();

    /** Maximum number of MQTT packets from one device within a second; more close the connection. */
    @WithDefault("100")
    int maxPacketsPerSecond();

    /** Messages of one session that can't be parsed, within a minute; one more closes the connection. */
    @WithDefault("10")
    int maxUnreadableMessagesPerMinute();

    /** Maximum number of unacknowledged commands of one device; further ones wait. */
    @WithDefault("16")
    int maxUnacknowledgedCommands();

    /** Maximum number of commands that wait for one device; one more closes the connection: the cloud sends them again. */
    @WithDefault("64")
    int maxQueuedCommands();

    /** Maximum number of unacknowledged events of one device; one more closes the connection. */
    @WithDefault("64")
    int maxUnacknowledgedEvents();

    /** Maximum time from the beginning of the network connection to CONNECT, handshakes included. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** Maximum time for which a device may read nothing of what is sent to it before the connection is closed. */
    @WithDefault("10s")
    Duration writeTimeout();

    /** Maximum time from CONNECT to {@code hello}. */
    @WithDefault("10s")
    Duration helloTimeout();

    /** Maximum time for Kafka to store an event before the device's connection is closed. */
    @WithDefault("10s")
    Duration eventPublishTimeout();

    /** Maximum time for a device to acknowledge a command. */
    @WithDefault("10s")
    Duration commandAckTimeout();
}
