package dev.terminalcloud.connector.mqtt;

/** The ports that devices reach. */
public record ListeningPorts(int mqtt, int webSocket) {}
