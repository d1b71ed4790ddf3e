package dev.terminalcloud.connector.pipeline;

/** Reason why a network connection ended before its CONNECT was authenticated. */
public enum PreConnectCloseReason {
    /** No CONNECT came in time. */
    CONNECT_TIMEOUT,
    /** More bytes came than a CONNECT may have, or than the handshakes before it. */
    TOO_MANY_BYTES,
    /** It was the oldest without CONNECT, and there were too many of them. */
    TOO_MANY_UNACCEPTED,
    /** It was the oldest without CONNECT from its address, and there were too many of them. */
    TOO_MANY_UNACCEPTED_OF_ADDRESS,
    /** It was one more than its address may open in this time; it was closed as soon as it was accepted. */
    TOO_MANY_NEW_OF_ADDRESS,
    /** It came to a port of proxies from an address that is not a trusted proxy's; it was closed as soon as it was accepted. */
    UNTRUSTED_PROXY,
    /** A trusted proxy began it with something else than a header of the PROXY protocol, version 2. */
    PROXY_HEADER_INVALID,
    /** The peer does not speak TLS, does not trust this connector, or presents a certificate that is not trusted. */
    HANDSHAKE_FAILED,
    /** A web page of an origin that is not allowed wants to open a WebSocket. */
    ORIGIN_REFUSED,
    /** The CONNECT can't be parsed according to MQTT. */
    MALFORMED_CONNECT,
    /** The CONNECT has properties that MQTT 5 does not allow. */
    CONNECT_PROTOCOL_ERROR,
    /** The CONNECT asks for enhanced authentication (MQTT 5, section 4.12). */
    AUTHENTICATION_METHOD;

    /** Returns whether the client sent more than it may, of connections or of bytes. */
    public boolean isFlood() {
        return switch (this) {
            case TOO_MANY_BYTES, TOO_MANY_UNACCEPTED, TOO_MANY_UNACCEPTED_OF_ADDRESS, TOO_MANY_NEW_OF_ADDRESS -> true;
            case CONNECT_TIMEOUT,
                    UNTRUSTED_PROXY,
                    PROXY_HEADER_INVALID,
                    HANDSHAKE_FAILED,
                    ORIGIN_REFUSED,
                    MALFORMED_CONNECT,
                    CONNECT_PROTOCOL_ERROR,
                    AUTHENTICATION_METHOD -> false;
        };
    }
}
