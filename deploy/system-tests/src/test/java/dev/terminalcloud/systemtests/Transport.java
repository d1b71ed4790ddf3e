package dev.terminalcloud.systemtests;

/** The ways from a device into the cloud. */
public enum Transport {
    TCP,
    WEB_SOCKET
}
