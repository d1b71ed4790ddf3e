package dev.terminalcloud.local;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of the stack: the one on which it listens, the one at which this machine reaches that, and those that others are told.
 *
 * @param host the address on which the public API and MQTT listen
 * @param port the public HTTP port
 * @param mqttPort the port of MQTT over TCP
 * @param configuredUrl the URL at which others reach the public HTTP port, if that is another than it listens on
 */
record Addresses(String host, int port, int mqttPort, Optional<URI> configuredUrl) {
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";

    Addresses {
        requireOfThisMachine(host);
        configuredUrl.ifPresent(Addresses::requirePublicUrl);
    }

    /** Returns the beginning of each public URL, {@code PollingUrl} included; without a slash at its end. */
    String publicUrl() {
        return configuredUrl.map(url -> url.toString().replaceFirst("/+$", "")).orElseGet(() -> "http://%s:%d"
                .formatted(bracketed(shownHost()), port));
    }

    /** Returns the address of MQTT over WebSocket. */
    String publicWebSocket() {
        return publicUrl().replaceFirst("^(?i)http", "ws") + "/device";
    }

    /** Returns the address of MQTT over TCP, without a scheme. */
    String publicMqtt() {
        return "%s:%d".formatted(bracketed(shownHost()), mqttPort);
    }

    /** Returns the address of MQTT over TCP for a client in this process. */
    URI ownMqtt() {
        return URI.create("mqtt://%s:%d".formatted(bracketed(ownHost()), mqttPort));
    }

    /** Returns the origins of the sandbox page, in a browser on this machine or elsewhere, whose terminals are devices. */
    List<String> pageOrigins() {
        URI shown = URI.create(publicUrl());
        return Stream.of(
                        shown.getScheme() + "://" + shown.getRawAuthority(),
                        "http://%s:%d".formatted(LOCALHOST, port),
                        "http://%s:%d".formatted(bracketed(ownHost()), port),
                        "http://%s:%d".formatted(bracketed(shownHost()), port))
                .distinct()
                .toList();
    }

    /** Returns the IP address at which this machine reaches what listens on the host. */
    String ownHost() {
        InetAddress address = resolve(host);
        return address.isAnyLocalAddress() ? LOOPBACK : address.getHostAddress();
    }

    /**
     * Returns the host in addresses for others. If it listens on all addresses, that is the one with which this machine reaches other
     * networks: for them {@code localhost} is another machine, and nobody can connect to 0.0.0.0.
     */
    private String shownHost() {
        InetAddress address = resolve(host);
        if (address.isAnyLocalAddress()) {
            return OutboundAddress.find().map(InetAddress::getHostAddress).orElse(LOCALHOST);
        }
        return address.getHostAddress().equals(LOOPBACK) ? LOCALHOST : host;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host must be an address of this machine, was %s".formatted(host), e);
        }
    }

    private static void requireOfThisMachine(String host) {
        InetAddress address = resolve(host);
        try {
            boolean own = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
            if (host.isBlank() || !own) {
                throw new IllegalArgumentException("--host must be an address of this machine, was %s".formatted(host));
            }
        } catch (SocketException e) {
            throw new IllegalArgumentException("--host: failed to read the addresses of this machine", e);
        }
    }

    private static void requirePublicUrl(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!http || !plain || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "--public-url must be an http or https URL with a host, without user, query and fragment, was %s"
                            .formatted(url));
        }
    }
}
