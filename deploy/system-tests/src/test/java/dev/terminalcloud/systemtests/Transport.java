package dev.terminalcloud.systemtests;

/** The transports between a device and the cloud. */
public enum Transport {
    TCP,
    WEB_SOCKET
}
