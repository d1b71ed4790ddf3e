package dev.terminalcloud.connector;

import dev.terminalcloud.connector.ConnectorConfiguration.DeviceClientAuth;
import dev.terminalcloud.connector.ConnectorConfiguration.FailedConnectLimits;
import dev.terminalcloud.connector.ConnectorConfiguration.Limits;
import dev.terminalcloud.connector.ConnectorConfiguration.Tls;
import dev.terminalcloud.events.Topic;
import java.time.Duration;

/** Which values of {@link ConnectorConfiguration} are allowed. */
final class ConfigurationValidator {
    private static final int GREATEST_PORT = 65_535;
    private static final int GREATEST_MQTT_PACKET = 268_435_455;
    private static final int GREATEST_RECEIVE_MAXIMUM = 65_535;

    private static final int MOST_FAILED_CONNECTS = 1_000_000;

    private ConfigurationValidator() {}

    /** @throws IllegalArgumentException naming the first key whose value is not allowed */
    static void check(ConnectorConfiguration configuration) {
        range("connector.index", configuration.index(), 0, Topic.DEVICE_COMMANDS.partitions() - 1);
        range("connector.event-loops", configuration.eventLoops(), 0, 1024);
        range("connector.mqtt.port", configuration.mqtt().port(), 0, GREATEST_PORT);
        range("connector.web-socket.port", configuration.webSocket().port(), 0, GREATEST_PORT);
        drainTime(configuration.drainTime());
        check(configuration.tls());
        check(configuration.failedConnects());
        check(configuration.limits());
    }

    private static void check(FailedConnectLimits limits) {
        range("connector.failed-connects.per-device", limits.perDevice(), 1, MOST_FAILED_CONNECTS);
        range("connector.failed-connects.per-address", limits.perAddress(), 1, MOST_FAILED_CONNECTS);
        atLeastOneSecond("connector.failed-connects.device-pause", limits.devicePause());
        atLeastOneSecond("connector.failed-connects.address-pause", limits.addressPause());
        if (limits.remembered().isNegative()) {
            throw new IllegalArgumentException(
                    "connector.failed-connects.remembered must be no negative time: " + limits.remembered());
        }
    }

    private static void check(Tls tls) {
        if (tls.required() && !tls.isOn()) {
            throw new IllegalArgumentException(
                    "connector.tls.certificate-chain must be set: set it and connector.tls.key to the PEM files of a"
                            + " certificate and its key, or connector.tls.required=false if the secrets of devices may"
                            + " travel in the clear");
        }
        if (tls.isOn() != tls.key().isPresent()) {
            throw new IllegalArgumentException(
                    "connector.tls.key must be set with connector.tls.certificate-chain, and not without it");
        }
        if (!tls.isOn() && tls.deviceAuthorities().isPresent()) {
            throw new IllegalArgumentException(
                    "connector.tls.device-authorities must be set with connector.tls.certificate-chain only");
        }
        if (tls.deviceCertificates() == DeviceClientAuth.REQUIRED
                && tls.deviceAuthorities().isEmpty()) {
            throw new IllegalArgumentException(
                    "connector.tls.device-authorities must be set if connector.tls.device-certificates is required");
        }
        range("connector.tls.mqtt-port", tls.mqttPort(), 0, GREATEST_PORT);
        range("connector.tls.web-socket-port", tls.webSocketPort(), 0, GREATEST_PORT);
        atLeastOneSecond("connector.tls.reload-period", tls.reloadPeriod());
    }

    private static void drainTime(Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("connector.drain-time must be 0 seconds to 1 hour: " + value);
        }
    }

    private static void check(Limits limits) {
        range("connector.limits.connections", limits.connections(), 1, Integer.MAX_VALUE);
        range("connector.limits.packet-size-from-device", limits.packetSizeFromDevice(), 1024, GREATEST_MQTT_PACKET);
        range("connector.limits.packet-size-to-device", limits.packetSizeToDevice(), 1024, GREATEST_MQTT_PACKET);
        range("connector.limits.packets-per-second", limits.packetsPerSecond(), 1, Integer.MAX_VALUE);
        range("connector.limits.unacknowledged-commands", limits.unacknowledgedCommands(), 1, GREATEST_RECEIVE_MAXIMUM);
        range("connector.limits.waiting-commands", limits.waitingCommands(), 1, Integer.MAX_VALUE);
        range("connector.limits.unacknowledged-events", limits.unacknowledgedEvents(), 1, GREATEST_RECEIVE_MAXIMUM);
        atLeastOneSecond("connector.limits.time-to-connect", limits.timeToConnect());
        atLeastOneSecond("connector.limits.time-to-read", limits.timeToRead());
        atLeastOneSecond("connector.limits.time-to-hello", limits.timeToHello());
        atLeastOneSecond("connector.limits.time-to-store-event", limits.timeToStoreEvent());
        atLeastOneSecond("connector.limits.time-to-acknowledge-command", limits.timeToAcknowledgeCommand());
    }

    private static void range(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException("%s must be %d to %d: %d".formatted(key, least, greatest, value));
        }
    }

    private static void atLeastOneSecond(String key, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("%s must be 1 second to 1 hour: %s".formatted(key, value));
        }
    }
}
