package dev.terminalcloud.connector.pipeline;

/** Why a network connection ended on which there was never an answer to CONNECT. */
public enum PreConnectCloseReason {
    /** No CONNECT came in time. */
    CONNECT_TIMEOUT,
    /** The peer speaks no TLS, or does not trust this connector, or shows a certificate that is not trusted. */
    HANDSHAKE_FAILED
}
