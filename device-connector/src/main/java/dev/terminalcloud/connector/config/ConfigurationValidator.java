package dev.terminalcloud.connector.config;

import dev.terminalcloud.connector.config.ConnectorConfiguration.ConnectionRate;
import dev.terminalcloud.connector.config.ConnectorConfiguration.DeviceClientAuth;
import dev.terminalcloud.connector.config.ConnectorConfiguration.FailedConnectLimits;
import dev.terminalcloud.connector.config.ConnectorConfiguration.TakeoverLimits;
import dev.terminalcloud.connector.config.ConnectorConfiguration.Tls;
import dev.terminalcloud.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for the values of {@link ConnectorConfiguration}. */
public final class ConfigurationValidator {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_MQTT_PACKET_SIZE = 268_435_455;
    private static final int MAX_UNREADABLE_MESSAGES = 1000;
    private static final int MAX_RECEIVE_MAXIMUM = 65_535;

    private static final int MAX_BYTES = 1_000_000_000;
    private static final int MAX_HEADER_SIZE = 5;
    private static final int MAX_UNKNOWN_TRANSACTIONS = 10_000;
    private static final int MAX_BURST = 1_000_000;
    private static final int MAX_CONNECTION_RATE = 100_000;
    private static final int MAX_REBALANCING_RATE = 1_000;

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s]+");

    private ConfigurationValidator() {}

    /**
     * Checks all values.
     *
     * @throws IllegalArgumentException naming the first key whose value is not allowed
     */
    public static void validate(ConnectorConfiguration configuration) {
        requireRange("connector.index", configuration.index(), 0, Topic.DEVICE_COMMANDS.partitions() - 1);
        requireRange("connector.event-loops", configuration.eventLoops(), 0, 1024);
        requireRange("connector.mqtt.port", configuration.mqtt().port(), 0, MAX_PORT);
        requireRange("connector.web-socket.port", configuration.webSocket().port(), 0, MAX_PORT);
        configuration.webSocket().allowedOrigins().orElseGet(List::of).forEach(ConfigurationValidator::requireOrigin);
        requireAtMostOneHour("connector.shutdown-delay", configuration.shutdownDelay());
        requireAtMostOneHour("connector.drain-duration", configuration.drainDuration());
        validate(configuration.rebalancing());
        validate(configuration.tls());
        requireTrustedProxies(configuration);
        validate(configuration.connectionRate());
        validate(configuration.failedConnects());
        validate(configuration.takeovers());
        validate(configuration.limits());
        validate(configuration.budgets(), configuration.limits());
        requireOneSecondToOneHour("connector.event-loop-timeout", configuration.eventLoopTimeout());
    }

    private static void validate(Rebalancing rebalancing) {
        requireRange("connector.rebalancing.max-per-second", rebalancing.maxPerSecond(), 0, MAX_REBALANCING_RATE);
        requireRange("connector.rebalancing.tolerance-percent", rebalancing.tolerancePercent(), 0, 100);
        requireRange("connector.rebalancing.min-tolerance", rebalancing.minTolerance(), 0, MAX_BURST);
        requireAtMostOneHour("connector.rebalancing.delay", rebalancing.delay());
    }

    private static void validate(ConnectionRate rate) {
        requireRange("connector.connection-rate.max-per-second", rate.maxPerSecond(), 1, MAX_CONNECTION_RATE);
        requireRange("connector.connection-rate.max-burst", rate.maxBurst(), 1, MAX_CONNECTION_RATE);
    }

    private static void validate(FailedConnectLimits limits) {
        requireRange("connector.failed-connects.max-per-device", limits.maxPerDevice(), 1, MAX_BURST);
        requireRange("connector.failed-connects.max-per-address", limits.maxPerAddress(), 1, MAX_BURST);
        requireOneSecondToOneHour("connector.failed-connects.device-refill-interval", limits.deviceRefillInterval());
        requireOneSecondToOneHour("connector.failed-connects.address-refill-interval", limits.addressRefillInterval());
        if (limits.knownDeviceTtl().isNegative()) {
            throw new IllegalArgumentException(
                    "connector.failed-connects.known-device-ttl must not be negative, was " + limits.knownDeviceTtl());
        }
    }

    private static void validate(TakeoverLimits limits) {
        requireRange("connector.takeovers.max-per-device", limits.maxPerDevice(), 1, MAX_BURST);
        requireOneSecondToOneHour("connector.takeovers.refill-interval", limits.refillInterval());
    }

    private static void validate(Tls tls) {
        if (tls.required() && !tls.isOn()) {
            throw new IllegalArgumentException("connector.tls.certificate-chain and connector.tls.key must be set, or"
                    + " connector.tls.required=false to accept plaintext secrets");
        }
        if (tls.isOn() != tls.key().isPresent()) {
            throw new IllegalArgumentException(
                    "connector.tls.key and connector.tls.certificate-chain must be set together");
        }
        if (!tls.isOn() && tls.deviceCaCertificates().isPresent()) {
            throw new IllegalArgumentException(
                    "connector.tls.device-ca-certificates needs connector.tls.certificate-chain");
        }
        if (tls.clientAuth() == DeviceClientAuth.REQUIRED
                && tls.deviceCaCertificates().isEmpty()) {
            throw new IllegalArgumentException(
                    "connector.tls.client-auth=required needs connector.tls.device-ca-certificates");
        }
        requireRange("connector.tls.mqtt-port", tls.mqttPort(), 0, MAX_PORT);
        requireRange("connector.tls.web-socket-port", tls.webSocketPort(), 0, MAX_PORT);
        requireOneSecondToOneHour("connector.tls.reload-period", tls.reloadPeriod());
    }

    /** Without them no connection would be accepted. */
    private static void requireTrustedProxies(ConnectorConfiguration configuration) {
        if (configuration.proxyProtocol().ports().isPresent()
                && configuration.proxyProtocol().trustedProxies().isEmpty()) {
            throw new IllegalArgumentException(
                    "connector.proxy-protocol.ports needs connector.proxy-protocol.trusted-proxies, the load balancers");
        }
    }

    private static void requireAtMostOneHour(String key, Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("%s must be between 0 seconds and 1 hour, was %s".formatted(key, value));
        }
    }

    private static void validate(Limits limits) {
        requireRange("connector.limits.max-connections", limits.maxConnections(), 1, Integer.MAX_VALUE);
        requireRange(
                "connector.limits.max-unaccepted-connections", limits.maxUnacceptedConnections(), 1, Integer.MAX_VALUE);
        requireRange(
                "connector.limits.max-unaccepted-connections-per-address",
                limits.maxUnacceptedConnectionsPerAddress(),
                1,
                Integer.MAX_VALUE);
        requireRange("connector.limits.max-connect-size", limits.maxConnectSize(), 512, MAX_MQTT_PACKET_SIZE);
        requireRange("connector.limits.max-handshake-size", limits.maxHandshakeSize(), 4096, MAX_MQTT_PACKET_SIZE);
        requireRange(
                "connector.limits.max-inbound-packet-size", limits.maxInboundPacketSize(), 1024, MAX_MQTT_PACKET_SIZE);
        requireRange(
                "connector.limits.max-command-payload-size",
                limits.maxCommandPayloadSize(),
                1024,
                MAX_MQTT_PACKET_SIZE);
        requireRange("connector.limits.max-packets-per-second", limits.maxPacketsPerSecond(), 1, Integer.MAX_VALUE);
        requireRange(
                "connector.limits.max-unreadable-messages-per-minute",
                limits.maxUnreadableMessagesPerMinute(),
                1,
                MAX_UNREADABLE_MESSAGES);
        requireRange(
                "connector.limits.max-unacknowledged-commands",
                limits.maxUnacknowledgedCommands(),
                1,
                MAX_RECEIVE_MAXIMUM);
        requireRange("connector.limits.max-queued-commands", limits.maxQueuedCommands(), 1, Integer.MAX_VALUE);
        requireRange(
                "connector.limits.max-unacknowledged-events", limits.maxUnacknowledgedEvents(), 1, MAX_RECEIVE_MAXIMUM);
        requireOneSecondToOneHour("connector.limits.connect-timeout", limits.connectTimeout());
        requireOneSecondToOneHour("connector.limits.write-timeout", limits.writeTimeout());
        requireOneSecondToOneHour("connector.limits.hello-timeout", limits.helloTimeout());
        requireOneSecondToOneHour("connector.limits.event-publish-timeout", limits.eventPublishTimeout());
        requireOneSecondToOneHour("connector.limits.command-ack-timeout", limits.commandAckTimeout());
    }

    private static void validate(BudgetLimits budgets, Limits limits) {
        requireRange("connector.budgets.max-connections-per-minute", budgets.maxConnectionsPerMinute(), 1, MAX_BURST);
        requireRange("connector.budgets.max-connection-burst", budgets.maxConnectionBurst(), 1, MAX_BURST);
        requireRange("connector.budgets.max-messages-per-second", budgets.maxMessagesPerSecond(), 1, MAX_BURST);
        requireRange("connector.budgets.max-message-burst", budgets.maxMessageBurst(), 1, MAX_BURST);
        requireRange("connector.budgets.max-bytes-per-second", budgets.maxBytesPerSecond(), 1024, MAX_BYTES);
        requireRange(
                "connector.budgets.max-byte-burst",
                budgets.maxByteBurst(),
                limits.maxInboundPacketSize() + MAX_HEADER_SIZE,
                MAX_BYTES);
        requireRange(
                "connector.budgets.max-unknown-transactions-per-hour",
                budgets.maxUnknownTransactionsPerHour(),
                1,
                MAX_UNKNOWN_TRANSACTIONS);
        requireRange(
                "connector.budgets.max-unknown-transaction-burst",
                budgets.maxUnknownTransactionBurst(),
                1,
                MAX_UNKNOWN_TRANSACTIONS);
        requireAtMostOneHour("connector.budgets.pairing-code-interval", budgets.pairingCodeInterval());
        requireOneSecondToOneHour("connector.budgets.min-suspension", budgets.minSuspension());
        requireOneSecondToOneHour("connector.budgets.max-suspension", budgets.maxSuspension());
        if (budgets.maxSuspension().compareTo(budgets.minSuspension()) < 0) {
            throw new IllegalArgumentException(
                    "connector.budgets.max-suspension must not be less than connector.budgets.min-suspension, was "
                            + budgets.maxSuspension());
        }
        requireOneSecondToOneHour("connector.budgets.suspension-reset-after", budgets.suspensionResetAfter());
    }

    private static void requireOrigin(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "connector.web-socket.allowed-origins must have origins such as https://pay.example.org, was "
                            + origin);
        }
    }

    private static void requireRange(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be between %d and %d, was %d".formatted(key, min, max, value));
        }
    }

    private static void requireOneSecondToOneHour(String key, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("%s must be between 1 second and 1 hour, was %s".formatted(key, value));
        }
    }
}
