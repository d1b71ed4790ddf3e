package dev.terminalcloud.connector.guard;

/** Why a network connection ended on which there was never an answer to CONNECT. */
public enum UnacceptedEnd {
    /** No CONNECT came in time. */
    CONNECT_MISSING,
    /** The peer speaks no TLS, or does not trust this connector, or shows a certificate that is not trusted. */
    HANDSHAKE_FAILED
}
