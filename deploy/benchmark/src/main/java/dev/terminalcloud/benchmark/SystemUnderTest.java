package dev.terminalcloud.benchmark;

import java.net.URI;
import picocli.CommandLine.Option;

/** Where the measured system is. */
final class SystemUnderTest {
    @Option(
            names = "--url",
            defaultValue = "http://localhost:8080",
            description = "The public gateway: ${DEFAULT-VALUE}")
    private URI url;

    @Option(
            names = "--devices-url",
            defaultValue = "mqtt://localhost:1883",
            description = "Where devices connect: ${DEFAULT-VALUE}")
    private URI devicesUrl;

    @Option(
            names = "--first-device",
            defaultValue = "7000000002",
            description = "The id of the first device, the others follow by number: ${DEFAULT-VALUE}")
    private long firstDevice;

    @Option(names = "--secret", defaultValue = "demo", description = "The devices' secret: ${DEFAULT-VALUE}")
    private String secret;

    URI url() {
        return url;
    }

    URI devicesUrl() {
        return devicesUrl;
    }

    /** @param number from 0 */
    String deviceId(int number) {
        return Long.toString(firstDevice + number);
    }

    String secret() {
        return secret;
    }
}
