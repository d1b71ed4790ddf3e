package dev.terminalcloud.virtualdevice.connection;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of the cloud: {@code mqtt://host:1883}, {@code mqtts://host:8883}, {@code ws://host:80/device} or
 * {@code wss://host:443/device}; these ports are the defaults.
 *
 * @param path the path of the WebSocket, without its first slash
 */
record CloudAddress(Transport transport, String host, int port, String path) {
    /** {@link URI#getHost} is null for the name of a container or of a machine in a local network that contains {@code _}. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@]*@)?(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(?::(?<port>[0-9]{1,5}))?");

    enum Transport {
        MQTT(1883, false, false),
        MQTTS(8883, true, false),
        WS(80, false, true),
        WSS(443, true, true);

        private final int defaultPort;
        private final boolean encrypted;
        private final boolean webSocket;

        Transport(int defaultPort, boolean encrypted, boolean webSocket) {
            this.defaultPort = defaultPort;
            this.encrypted = encrypted;
            this.webSocket = webSocket;
        }

        boolean encrypted() {
            return encrypted;
        }

        boolean webSocket() {
            return webSocket;
        }
    }

    /** @throws IllegalArgumentException when the URI has no host or another scheme */
    static CloudAddress of(URI uri) {
        Transport transport;
        try {
            transport = Transport.valueOf(String.valueOf(uri.getScheme()).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The address must begin with mqtt, mqtts, ws or wss, was " + uri, e);
        }
        Matcher authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
        if (!authority.matches()) {
            throw new IllegalArgumentException("The address must have a host, was " + uri);
        }
        int port = authority.group("port") == null ? transport.defaultPort : Integer.parseInt(authority.group("port"));
        String path = Objects.requireNonNullElse(uri.getPath(), "");
        return new CloudAddress(
                transport, authority.group("host"), port, path.startsWith("/") ? path.substring(1) : path);
    }
}
