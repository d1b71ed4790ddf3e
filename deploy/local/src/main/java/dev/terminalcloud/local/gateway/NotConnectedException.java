package dev.terminalcloud.local.gateway;

import java.io.Serial;

/** Failure to connect to an origin: no byte of the request has been sent. */
final class NotConnectedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotConnectedException(Throwable cause) {
        super(cause);
    }

    NotConnectedException(String message) {
        super(message);
    }
}
