package dev.terminalcloud.connector.fuzz;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * Input of one device.
 *
 * @param title the kind of corruption
 * @param mustClose true if the connector must close the connection by itself; otherwise it may also keep reading
 */
record FuzzCase(String title, Transport transport, Buffer bytes, boolean mustClose) {
    private static final int SHOWN = 400;

    @Override
    public String toString() {
        String hex = HexFormat.of().formatHex(bytes.getBytes(0, Math.min(bytes.length(), SHOWN)));
        return "%s over %s: %s".formatted(title, transport, hex);
    }
}
