package dev.terminalcloud.certification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.certification.CheckOutcome.Result;
import dev.terminalcloud.certification.cloud.Identity;
import dev.terminalcloud.certification.cloud.SimulatedCloud;
import dev.terminalcloud.certification.operator.ConsoleOperator;
import dev.terminalcloud.certification.scenario.DeviceUnderTest;
import dev.terminalcloud.certification.scenario.Times;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Certifies a device in a terminal window. */
@Command(
        name = "deploy/certification/run",
        mixinStandardHelpOptions = true,
        version = "1.0.0",
        sortOptions = false,
        description = {
            "Plays the cloud to one device, over MQTT, and checks that it keeps the device protocol.",
            "Says what to do at the device, asks what it shows, and writes a report."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all checks that were asked for passed",
            "1:a check failed",
            "2:an option is wrong, or a port can't be had",
            "3:no check failed, but some could not be made"
        })
public final class CertificationCommand implements Callable<Integer> {
    private static final int NOT_ALL_MADE = 3;

    /** Pairing numbers are taken from the time, so that each run has greater ones than the one before. */
    private static final Instant PAIRINGS_BEGAN = Instant.parse("2025-01-01T00:00:00Z");

    @Spec
    private CommandSpec command;

    @Option(
            names = "--id",
            defaultValue = "7999999999",
            description = "The device id that the device is set up with, 4 to 14 digits. Default: ${DEFAULT-VALUE}")
    private String id;

    @Option(names = "--secret", description = "The secret that the device is set up with. Default: a new one")
    private String secret;

    @Option(
            names = "--host",
            defaultValue = "0.0.0.0",
            description = "The address of this machine to listen on. Default: ${DEFAULT-VALUE}")
    private String host;

    @Option(
            names = "--mqtt-port",
            defaultValue = "1883",
            description = "The port of MQTT over TCP; 0 for a free one. Default: ${DEFAULT-VALUE}")
    private int mqttPort;

    @Option(
            names = "--web-socket-port",
            defaultValue = "8083",
            description = "The port of MQTT over WebSocket, path /mqtt; 0 for a free one. Default: ${DEFAULT-VALUE}")
    private int webSocketPort;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CHECK",
            description = "Make only these checks: ${COMPLETION-CANDIDATES}.")
    private List<Check> only;

    @Option(
            names = "--time-divisor",
            defaultValue = "1",
            description = "Divide the times of the protocol (5, 20 and 60 s) by this, for a device that was built with"
                    + " such times. The report is no certificate then. Default: ${DEFAULT-VALUE}")
    private int faster;

    @Option(
            names = "--operator-timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long to wait for somebody at the device. Default: ${DEFAULT-VALUE}")
    private int operatorTimeout;

    @Option(
            names = "--report",
            defaultValue = "certification.md",
            paramLabel = "FILE",
            description = "Where the report is written. Default: ${DEFAULT-VALUE}")
    private Path report;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CertificationCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (faster < 1 || operatorTimeout < 1) {
            throw new ParameterException(
                    command.commandLine(), "--time-divisor and --operator-timeout are whole numbers from 1");
        }
        PrintWriter out = command.commandLine().getOut();
        try (SimulatedCloud cloud = open()) {
            introduce(cloud, out);
            CertificationReport made = certify(
                    cloud, new ConsoleOperator(new InputStreamReader(System.in, Charset.defaultCharset()), out));
            Files.writeString(report, made.markdown(), UTF_8);
            out.printf("%n%s%nThe report is in %s.%n", made.verdict(), report.toAbsolutePath());
            out.flush();
            return exitStatus(made);
        }
    }

    private SimulatedCloud open() {
        try {
            String itsSecret = secret == null ? UUID.randomUUID().toString() : secret;
            return SimulatedCloud.open(new Identity(id, itsSecret), host, mqttPort, webSocketPort);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static void introduce(SimulatedCloud cloud, PrintWriter out) {
        out.printf(
                "Set the device up with%n  device id  %s%n  secret     %s%n  address    mqtt://<this machine>:%d%n"
                        + "  or         ws://<this machine>:%d/mqtt%n%n",
                cloud.identity().deviceId(), cloud.identity().secret(), cloud.mqttPort(), cloud.webSocketPort());
        out.flush();
    }

    private CertificationReport certify(SimulatedCloud cloud, ConsoleOperator console) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        long firstPairing = Duration.between(PAIRINGS_BEGAN, clock.instant()).toSeconds();
        Times times = Times.PROTOCOL.fasterBy(faster).withPerson(Duration.ofSeconds(operatorTimeout));
        DeviceUnderTest bench = new DeviceUnderTest(cloud, console, times, firstPairing);
        Set<Check> checks = only == null ? EnumSet.allOf(Check.class) : EnumSet.copyOf(only);
        List<CheckOutcome> outcomes = new Certification(bench, console).run(checks);
        return new CertificationReport(id, clock.instant(), outcomes, cloud.trace(), faster);
    }

    private static int exitStatus(CertificationReport made) {
        if (made.count(Result.FAILED) > 0) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        return made.count(Result.NOT_RUN) > 0 ? NOT_ALL_MADE : CommandLine.ExitCode.OK;
    }
}
