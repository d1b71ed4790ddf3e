package dev.terminalcloud.connector.pipeline;

/** Reason why a network connection ended before its CONNECT was authenticated. */
public enum PreConnectCloseReason {
    /** No CONNECT came in time. */
    CONNECT_TIMEOUT,
    /** The peer does not speak TLS, does not trust this connector, or presents a certificate that is not trusted. */
    HANDSHAKE_FAILED,
    /** The CONNECT can't be parsed according to MQTT. */
    MALFORMED_CONNECT,
    /** The CONNECT has properties that MQTT 5 does not allow. */
    CONNECT_PROTOCOL_ERROR,
    /** The CONNECT asks for enhanced authentication (MQTT 5, section 4.12). */
    AUTHENTICATION_METHOD
}
