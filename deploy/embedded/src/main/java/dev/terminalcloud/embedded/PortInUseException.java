package dev.terminalcloud.embedded;

import java.io.Serial;

/** A wanted port is not available. The message names the port, the server that wanted it, and what to do. */
public final class PortInUseException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int port;

    PortInUseException(String host, int port, String user, Throwable cause) {
        super(
                "%s can't listen on port %d of %s (%s). Stop the process that uses it, or choose another port"
                        .formatted(user, port, host, cause.getMessage()),
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
