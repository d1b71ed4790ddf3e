package dev.terminalcloud.benchmark;

import java.net.URI;
import picocli.CommandLine.Option;

/** Options with the addresses and the devices of the measured system. */
final class SystemUnderTest {
    @Option(
            names = "--url",
            defaultValue = "http://localhost:8080",
            description = "Address of the public gateway. Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(
            names = "--devices-url",
            defaultValue = "mqtt://localhost:1883",
            description = "Address for devices. Default: ${DEFAULT-VALUE}.")
    private URI devicesUrl;

    @Option(
            names = "--first-device",
            defaultValue = "7000000002",
            description = "Id of the first device; the others have consecutive ids. Default: ${DEFAULT-VALUE}.")
    private long firstDevice;

    @Option(
            names = "--secret",
            defaultValue = "demo-device-secret",
            description = "Secret of the devices. Default: ${DEFAULT-VALUE}.")
    private String secret;

    URI url() {
        return url;
    }

    URI devicesUrl() {
        return devicesUrl;
    }

    long firstDevice() {
        return firstDevice;
    }

    /** @param number from 0 */
    String deviceId(int number) {
        return Long.toString(firstDevice + number);
    }

    String secret() {
        return secret;
    }
}
