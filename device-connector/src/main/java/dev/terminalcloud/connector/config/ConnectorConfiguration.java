package dev.terminalcloud.connector.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Configuration of the connector. If {@link ConfigurationValidator} does not allow a value, startup fails with the name of
 * its key.
 */
@ConfigMapping(prefix = "connector")
public interface ConnectorConfiguration {

    /**
     * Partition of {@code device-commands} that belongs to this connector. No two connectors may run with the same index:
     * when the later one starts, the other exits. It has no default, so that two connectors never share one by accident.
     */
    int index();

    /** Pairs of servers (TCP and WebSocket), each on an event loop of its own; 0 for one per processor. */
    @WithDefault("0")
    int eventLoops();

    /**
     * Time for which a connector that is to shut down, and reports that it is not ready, goes on as before: load balancers notice only
     * after a while, and until then send it devices, also those that it has asked to reconnect elsewhere.
     */
    @WithDefault("5s")
    Duration shutdownDelay();

    /**
     * Time over which a shutdown spreads the devices that it asks to reconnect elsewhere; with fewer than 50 of them for
     * each second it takes less. The shutdown as a whole takes the shutdown delay and up to 30 s longer.
     */
    @WithDefault("60s")
    Duration drainDuration();

    /** How devices are spread over the connectors. */
    Rebalancing rebalancing();

    /** MQTT over TCP, without TLS. */
    Mqtt mqtt();

    /** MQTT over WebSocket, path {@code /mqtt}, on the same host, without TLS. */
    WebSocket webSocket();

    /** TLS on both transports, and client certificates of devices. */
    Tls tls();

    /**
     * Addresses and networks ({@code 10.4.0.0/24}) of the gateway: the connector trusts their {@code X-Forwarded-For} of
     * WebSockets. The limit per address does not apply to one that names no client.
     */
    Optional<List<String>> trustedProxies();

    /** The PROXY protocol of load balancers. */
    ProxyProtocol proxyProtocol();

    /** Limit of new network connections of one address. */
    ConnectionRate connectionRate();

    /** Limits of CONNECTs that fail authentication. */
    FailedConnectLimits failedConnects();

    /** Limits of sessions that end because their device has a newer one. */
    TakeoverLimits takeovers();

    /** Limits of one device, or of all of them. */
    Limits limits();

    /** Budgets of one device. */
    BudgetLimits budgets();

    /** Time for which one of the event loops that devices are served on may be blocked until the process is not live. */
    @WithDefault("20s")
    Duration eventLoopTimeout();

    interface Mqtt {
        /** Address that every port binds to. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 for any free port. */
        @WithDefault("1883")
        int port();
    }

    interface WebSocket {
        /** 0 for any free port. */
        @WithDefault("8083")
        int port();

        /**
         * Origins of web pages ({@code https://pay.example.org}) that may open a WebSocket, beside that of the WebSocket's
         * own host. Without any, the handshake of a page of another origin is refused with 403. Devices send no Origin, or
         * that of the URL that they connect to.
         */
        Optional<List<String>> allowedOrigins();
    }

    /** A transport without TLS. */
    enum PlainPort {
        MQTT,
        WEB_SOCKET
    }

    /** Treatment of devices without a certificate, where CA certificates are configured. */
    enum DeviceClientAuth {
        /** The device may send its secret instead. */
        REQUEST,
        /** TLS refuses the device. */
        REQUIRED
    }

    interface Tls {
        /** True if the connector must not start without a certificate. */
        @WithDefault("true")
        boolean required();

        /**
         * PEM file: the certificate of this connector, then those that lead to its root. With it TLS is on. The three files
         * are reloaded when their contents change.
         */
        Optional<Path> certificateChain();

        /** PEM file: the key of the first certificate, RSA or EC, not encrypted. */
        Optional<Path> key();

        /** PEM file: the CA certificates that device certificates are checked against. Without it devices need their secret. */
        Optional<Path> deviceCaCertificates();

        /** Treatment of devices without a certificate, if there are CA certificates. */
        @WithDefault("request")
        DeviceClientAuth clientAuth();

        /** MQTT over TCP with TLS, on the same host; 0 for any free port. */
        @WithDefault("8883")
        int mqttPort();

        /** MQTT over WebSocket with TLS; 0 for any free port. */
        @WithDefault("8084")
        int webSocketPort();

        /** The ports without TLS that stay open beside those with it; none by default. Without TLS both are open. */
        Optional<Set<PlainPort>> plainPorts();

        /** Interval between checks of the files. */
        @WithDefault("10s")
        Duration reloadPeriod();

        /** Returns whether TLS is on. */
        default boolean isOn() {
            return certificateChain().isPresent();
        }

        /** Returns whether that port is open. */
        default boolean isOpen(PlainPort port) {
            return !isOn() || plainPorts().filter(ports -> ports.contains(port)).isPresent();
        }
    }

    /** Rate of new network connections; one more is closed at once, before TLS. */
    interface ConnectionRate {
        /** New connections of one IPv4 address, or /64 network of IPv6, a second in the long run; of a /48 network 16 times as many. */
        @WithDefault("50")
        int maxPerSecond();

        /**
         * The same at once, after a pause. The devices of a shop share an address, and all connect when its power is back: those
         * beyond the burst get in with the next attempts, as fast as the rate allows.
         */
        @WithDefault("200")
        int maxBurst();
    }

    interface FailedConnectLimits {
        /** Maximum burst of failed CONNECTs of one device id from one address; further ones are refused unchecked. */
        @WithDefault("10")
        int maxPerDevice();

        /** Time after which one more may fail. */
        @WithDefault("6s")
        Duration deviceRefillInterval();

        /** Maximum burst of failed CONNECTs from one IPv4 address, or /64 network of IPv6, of all device ids. */
        @WithDefault("100")
        int maxPerAddress();

        /** Time after which one more may fail. */
        @WithDefault("1s")
        Duration addressRefillInterval();

        /** Time after an accepted CONNECT during which failures of other clients at its address do not hold up a device. */
        @WithDefault("24h")
        Duration knownDeviceTtl();
    }

    interface TakeoverLimits {
        /**
         * Maximum burst of sessions of one device that its newer ones end; while it is used up, a CONNECT that would end one
         * more is refused, and the open session stays.
         */
        @WithDefault("4")
        int maxPerDevice();

        /** Time after which one more session may be ended; no device waits longer than that. */
        @WithDefault("15s")
        Duration refillInterval();
    }
}
