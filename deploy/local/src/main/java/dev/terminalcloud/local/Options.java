package dev.terminalcloud.local;

import dev.terminalcloud.embedded.Port;
import java.nio.file.Path;

/**
 * What one start was asked for.
 *
 * @param data the folder that holds everything between starts, absolute
 * @param host the address on which the public API and MQTT listen; all else listens on 127.0.0.1
 * @param port the public HTTP port
 * @param mqttPort the port of MQTT over TCP
 * @param kafkaPort 0 for a free port
 * @param postgresPort 0 for a free port
 * @param replicas how many processes of each service there are; the connector is one
 * @param devices the demo devices
 * @param fresh whether what is there is thrown away first
 * @param demoDevice whether the first demo device is run here
 * @param restart whether a service that dies is started again instead of ending everything
 */
record Options(
        Path data,
        String host,
        int port,
        int mqttPort,
        int kafkaPort,
        int postgresPort,
        int replicas,
        DemoDevices devices,
        boolean fresh,
        boolean demoDevice,
        boolean restart) {
    private static final int MOST_REPLICAS = 4;

    Options {
        data = data.toAbsolutePath().normalize();
        requirePort("--port", 1, port);
        requirePort("--mqtt-port", 1, mqttPort);
        requirePort("--kafka-port", 0, kafkaPort);
        requirePort("--postgres-port", 0, postgresPort);
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException(
                    "--replicas is a number from 1 to %d, not %d".formatted(MOST_REPLICAS, replicas));
        }
        if (devices.count() < DemoDevices.FEWEST || devices.count() > DemoDevices.MOST) {
            throw new IllegalArgumentException("--devices is a number from %d to %d, not %d"
                    .formatted(DemoDevices.FEWEST, DemoDevices.MOST, devices.count()));
        }
    }

    private static void requirePort(String option, int lowest, int port) {
        if (port < lowest || port > Port.HIGHEST) {
            throw new IllegalArgumentException(
                    "%s is a port from %d to %d, not %d".formatted(option, lowest, Port.HIGHEST, port));
        }
    }
}
