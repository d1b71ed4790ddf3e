package dev.terminalcloud.connector.fuzz;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * What one device sends.
 *
 * @param title what is wrong with it
 * @param mustClose whether the connector has to close the connection by itself; otherwise it may also go on listening
 */
record FuzzCase(String title, Transport transport, Buffer bytes, boolean mustClose) {
    private static final int SHOWN = 400;

    @Override
    public String toString() {
        String hex = HexFormat.of().formatHex(bytes.getBytes(0, Math.min(bytes.length(), SHOWN)));
        return "%s over %s: %s".formatted(title, transport, hex);
    }
}
