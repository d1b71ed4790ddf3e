package dev.terminalcloud.local.gateway;

import java.io.Serial;

/** Not one byte of the request has left. */
final class NotConnectedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotConnectedException(Throwable cause) {
        super(cause);
    }
}
