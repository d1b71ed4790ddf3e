package dev.terminalcloud.connector.pipeline;

/** Reason why a network connection ended before CONNECT was answered. */
public enum PreConnectCloseReason {
    /** No CONNECT came in time. */
    CONNECT_TIMEOUT,
    /** The peer does not speak TLS, does not trust this connector, or presents a certificate that is not trusted. */
    HANDSHAKE_FAILED
}
