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

/** The command line of {@code deploy/certification/run}. */
@Command(
        name = "deploy/certification/run",
        mixinStandardHelpOptions = true,
        version = "1.0.0",
        sortOptions = false,
        description = {
            "Simulates the cloud for one device, over MQTT, and checks that the device conforms to the device protocol.",
            "Prints the tasks of the operator, asks what the device shows, and writes a report."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a check failed",
            "2:invalid option, or a port is in use",
            "3:no check failed, but some were not run"
        })
public final class CertificationCommand implements Callable<Integer> {
    private static final int NOT_ALL_RUN = 3;

    /** Pairing numbers are derived from the time since then, so that each run has higher ones than the previous run. */
    private static final Instant PAIRING_NUMBER_EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    @Spec
    private CommandSpec command;

    @Option(
            names = "--id",
            defaultValue = "7999999999",
            paramLabel = "ID",
            description = "Device id, 4 to 14 digits. Default: ${DEFAULT-VALUE}.")
    private String id;

    @Option(names = "--secret", paramLabel = "SECRET", description = "Secret of the device. Default: a new one.")
    private String secret;

    @Option(
            names = "--host",
            defaultValue = "0.0.0.0",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host;

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
    private List<Check> only;

    @Option(
            names = "--time-divisor",
            defaultValue = "1",
            paramLabel = "N",
            description = "Divisor of the times of the protocol (5, 20 and 60 s), for a device that was built with such"
                    + " times. Other values than 1 give no certificate. Default: ${DEFAULT-VALUE}.")
    private int timeDivisor;

    @Option(
            names = "--operator-timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "Maximum time to wait for the operator at the device. Default: ${DEFAULT-VALUE}.")
    private int operatorTimeout;

    @Option(
            names = "--report",
            defaultValue = "certification.md",
            paramLabel = "FILE",
            description = "File of the report. Default: ${DEFAULT-VALUE}.")
    private Path report;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CertificationCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (timeDivisor < 1 || operatorTimeout < 1) {
            throw new ParameterException(
                    command.commandLine(), "--time-divisor and --operator-timeout must be at least 1");
        }
        PrintWriter out = command.commandLine().getOut();
        try (SimulatedCloud cloud = open()) {
            introduce(cloud, out);
            CertificationReport made = certify(
                    cloud, new ConsoleOperator(new InputStreamReader(System.in, Charset.defaultCharset()), out));
            Files.writeString(report, made.markdown(), UTF_8);
            out.printf("%n%s%nReport: %s%n", made.verdict(), report.toAbsolutePath());
            out.flush();
            return exitStatus(made);
        }
    }

    private SimulatedCloud open() {
        try {
            String deviceSecret = secret == null ? UUID.randomUUID().toString() : secret;
            return SimulatedCloud.open(new Identity(id, deviceSecret), host, mqttPort, webSocketPort);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static void introduce(SimulatedCloud cloud, PrintWriter out) {
        out.printf(
                "Configure the device with%n  device id  %s%n  secret     %s%n  address    mqtt://<this machine>:%d%n"
                        + "  or         ws://<this machine>:%d/mqtt%n%n",
                cloud.identity().deviceId(), cloud.identity().secret(), cloud.mqttPort(), cloud.webSocketPort());
        out.flush();
    }

    private CertificationReport certify(SimulatedCloud cloud, ConsoleOperator console) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        long firstPairing =
                Duration.between(PAIRING_NUMBER_EPOCH, clock.instant()).toSeconds();
        Times times = Times.PROTOCOL.dividedBy(timeDivisor).withOperator(Duration.ofSeconds(operatorTimeout));
        DeviceUnderTest bench = new DeviceUnderTest(cloud, console, times, firstPairing);
        Set<Check> checks = only == null ? EnumSet.allOf(Check.class) : EnumSet.copyOf(only);
        List<CheckOutcome> outcomes = new Certification(bench, console).run(checks);
        return new CertificationReport(id, clock.instant(), outcomes, cloud.trace(), timeDivisor);
    }

    private static int exitStatus(CertificationReport made) {
        if (made.count(Result.FAILED) > 0) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        return made.count(Result.NOT_RUN) > 0 ? NOT_ALL_RUN : CommandLine.ExitCode.OK;
    }
}
