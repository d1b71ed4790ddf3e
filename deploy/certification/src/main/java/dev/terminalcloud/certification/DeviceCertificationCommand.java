package dev.terminalcloud.certification;

import dev.terminalcloud.certification.check.CertificationReport;
import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.device.DeviceCertification;
import dev.terminalcloud.certification.device.DeviceCheck;
import dev.terminalcloud.certification.device.cloud.Identity;
import dev.terminalcloud.certification.device.cloud.SimulatedCloud;
import dev.terminalcloud.certification.device.scenario.DeviceUnderTest;
import dev.terminalcloud.certification.device.scenario.Times;
import dev.terminalcloud.certification.operator.CertificationOperator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The certification of a device. */
@Command(
        name = "deploy/certification/run",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates the cloud for one device, over MQTT, and checks that the device conforms to the device protocol.",
            "Prints the tasks of the operator, asks what the device shows, and writes a report."
        })
final class DeviceCertificationCommand implements Callable<Integer> {
    /** Pairing numbers are derived from the time since then, so that each run has higher ones than the previous run. */
    private static final Instant PAIRING_NUMBER_EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    @Option(
            names = "--id",
            defaultValue = "7999999999",
            paramLabel = "ID",
            description = "Device id, 4 to 14 digits. Default: ${DEFAULT-VALUE}.")
    private String id;

    @Option(names = "--secret", paramLabel = "SECRET", description = "Secret of the device. Default: a new one.")
    private String secret;

    @Option(
            names = "--mqtt-port",
            defaultValue = "1883",
            paramLabel = "PORT",
            description = "Port of MQTT over TCP; 0 for a free port. Default: ${DEFAULT-VALUE}.")
    private int mqttPort;

    @Option(
            names = "--web-socket-port",
            defaultValue = "8083",
            paramLabel = "PORT",
            description = "Port of MQTT over WebSocket, path /mqtt; 0 for a free port. Default: ${DEFAULT-VALUE}.")
    private int webSocketPort;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CHECK",
            description = "Checks to run: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<DeviceCheck> only;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check();
        try (SimulatedCloud cloud = open()) {
            introduce(cloud);
            return options.finish(certify(cloud));
        }
    }

    private SimulatedCloud open() {
        String deviceSecret = secret == null ? UUID.randomUUID().toString() : secret;
        return options.open(
                () -> SimulatedCloud.open(new Identity(id, deviceSecret), options.host(), mqttPort, webSocketPort));
    }

    private void introduce(SimulatedCloud cloud) {
        options.print(
                "Configure the device with%n  device id  %s%n  secret     %s%n  address    mqtt://<this machine>:%d%n"
                        + "  or         ws://<this machine>:%d/mqtt%n%n",
                cloud.identity().deviceId(), cloud.identity().secret(), cloud.mqttPort(), cloud.webSocketPort());
    }

    private CertificationReport certify(SimulatedCloud cloud) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        CertificationOperator console = options.console();
        long firstPairing =
                Duration.between(PAIRING_NUMBER_EPOCH, clock.instant()).toSeconds();
        Times times = Times.PROTOCOL.dividedBy(options.timeDivisor()).withOperator(options.operatorTimeout());
        DeviceUnderTest bench = new DeviceUnderTest(cloud, console, times, firstPairing);
        List<CheckOutcome> outcomes =
                new DeviceCertification(bench, console).run(RunOptions.chosen(only, DeviceCheck.class));
        return DeviceCertification.report(id, clock.instant(), outcomes, cloud.trace(), options.timeDivisor());
    }
}
