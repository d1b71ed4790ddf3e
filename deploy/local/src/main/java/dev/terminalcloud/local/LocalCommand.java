package dev.terminalcloud.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code deploy/local/run}. */
@Command(
        name = "deploy/local/run",
        sortOptions = false,
        description = {
            "Starts the whole system on this machine, with real Kafka and PostgreSQL and without containers,",
            "and stays until Ctrl-C. What it stored is there again at the next start.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:it did not start, or a service died; the last lines say why",
            "2:an option is wrong",
            "130, 143:it was ended by Ctrl-C or SIGTERM"
        })
final class LocalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Public HTTP port: the POS API, and MQTT over WebSocket at /device (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            defaultValue = "1883",
            description = "Port of MQTT over TCP, for devices (${DEFAULT-VALUE}).")
    private int mqttPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address on which these two listen (${DEFAULT-VALUE}); 0.0.0.0 lets other machines in.")
    private String host;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of Kafka (a free one).")
    private int kafkaPort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of PostgreSQL (a free one).")
    private int postgresPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for data and logs (deploy/local/data). One stack uses it at a time.")
    private Path data;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of pairing-service and of transaction-service, 1 to 4 (${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--connectors",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Device connectors, 1 to 8 (${DEFAULT-VALUE}); the second has the port after --mqtt-port, and so on.")
    private int connectors;

    @Option(names = "--fresh", description = "Throw stored data away first.")
    private boolean fresh;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "20",
            description = "Demo devices that are registered (${DEFAULT-VALUE}), for loads that need many.")
    private int devices;

    @Option(names = "--no-device", description = "Do not run the virtual device 7000000001.")
    private boolean noDevice;

    @Option(
            names = "--restart",
            description =
                    "Start a service, Kafka or PostgreSQL that dies again, instead of ending: for trying failures.")
    private boolean restart;

    @Option(
            names = "--proxy-ports",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "For trying failures of the network: see README.")
    private int proxyPorts;

    @Option(
            names = "--clock-skew",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description = "Let replicas' clocks be wrong, in turns ahead and behind; needs libfaketime.")
    private int clockSkew;

    /** For picocli, which shows the help and does nothing else. */
    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, description = "Show this.")
    private boolean help;

    private final Installation installation;

    private LocalCommand(Installation installation) {
        this.installation = installation;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(Installation.ofThisProcess()).execute(arguments));
    }

    private static CommandLine commandLine(Installation installation) {
        return new CommandLine(new LocalCommand(installation)).setUsageHelpAutoWidth(true);
    }

    /** @throws ParameterException if they are not understood */
    static Options parse(Installation installation, String... arguments) {
        LocalCommand command = new LocalCommand(installation);
        new CommandLine(command).parseArgs(arguments);
        return command.options();
    }

    @Override
    public Integer call() {
        Options options = options();
        PrintWriter out = command.commandLine().getOut();
        Progress progress = new Progress(out);
        try {
            LocalStack.run(installation, options, progress);
        } catch (StackException e) {
            progress.failed(e.getMessage());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private Options options() {
        try {
            return new Options(
                    data == null ? installation.data() : data,
                    host,
                    port,
                    mqttPort,
                    kafkaPort,
                    postgresPort,
                    replicas,
                    connectors,
                    new DemoDevices(devices),
                    fresh,
                    !noDevice,
                    restart,
                    proxyPorts,
                    clockSkew);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
