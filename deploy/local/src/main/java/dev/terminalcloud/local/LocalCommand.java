package dev.terminalcloud.local;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            "and runs it until Ctrl-C. Stored data is kept for the next start.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:startup failed, or a service died; the last lines say why",
            "2:invalid option",
            "130, 143:stopped by Ctrl-C or SIGTERM"
        })
final class LocalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Public HTTP port: POS API, and MQTT over WebSocket at /device. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            defaultValue = "1883",
            description = "Port of MQTT over TCP, for devices. Default: ${DEFAULT-VALUE}.")
    private int mqttPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address on which these two listen; 0.0.0.0 admits other machines. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = {
                "URL at which others reach --port, for example behind a proxy with TLS: the beginning of each PollingUrl.",
                "Default: http, --host and --port; with 0.0.0.0 the address of this machine towards other networks."
            })
    private URI publicUrl;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Kafka port. Default: a free port.")
    private int kafkaPort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "PostgreSQL port. Default: a free port.")
    private int postgresPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of data and logs, used by one stack at a time. Default: deploy/local/data.")
    private Path data;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Number of processes of pairing-service and of transaction-service, 1 to 4. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(
            names = "--connectors",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Number of device connectors, 1 to 8, on --mqtt-port and the ports after it. Default: ${DEFAULT-VALUE}.")
    private int connectors;

    @Option(names = "--fresh", description = "Delete stored data first.")
    private boolean fresh;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of registered demo devices, 20 to 100000. Default: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(names = "--no-device", description = "Do not run the virtual device 7000000001.")
    private boolean noDevice;

    @Option(
            names = "--restart",
            description =
                    "Restart a service, Kafka or PostgreSQL that dies instead of stopping everything: for fault injection.")
    private boolean restart;

    @Option(
            names = "--proxy-ports",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "First of the ports at which services reach Kafka and PostgreSQL through proxies: see README.")
    private int proxyPorts;

    @Option(
            names = "--rollouts",
            paramLabel = "PORT",
            defaultValue = "0",
            description = {
                "Port on 127.0.0.1 at which POST /rollouts/SERVICE replaces the processes of a service one after the other,",
                "with the signals, delays and probes of the Kubernetes manifests: see rollouts.md."
            })
    private int rolloutPort;

    @Option(
            names = "--encrypted",
            description =
                    "Connect to Kafka and PostgreSQL with TLS, users and access control, as in production: see README.")
    private boolean encrypted;

    @Option(names = "--traces", description = "Trace each request, and show its way through the services at /traces/.")
    private boolean traces;

    @Option(
            names = "--clock-skew",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description =
                    "Clock skew of replicas, in turns behind and ahead; needs libfaketime. Default: ${DEFAULT-VALUE}.")
    private int clockSkew;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "quick",
            description =
                    "JVM options: quick for a fast startup, production for measurements. Default: ${DEFAULT-VALUE}.")
    private String profile;

    @Option(
            names = Development.DEBUG,
            paramLabel = "SERVICE[=PORT]",
            description = {
                "Let a debugger connect to this service, at PORT of 127.0.0.1 or at a free one, which is printed.",
                "May be repeated; SERVICE is pairing-service, transaction-service or device-connector."
            })
    private List<String> debug = List.of();

    @Option(
            names = Development.WITHOUT,
            paramLabel = "SERVICE",
            description = {
                "Start all but this service, print the file with the environment that it needs, and wait until it is ready:",
                "for a service run by an IDE or by quarkus:dev. May be repeated."
            })
    private List<String> without = List.of();

    /** Read by picocli only, which prints the help and exits. */
    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, description = "Show this help.")
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

    /** @throws ParameterException if the arguments are invalid */
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
                    new Addresses(host, port, mqttPort, Optional.ofNullable(publicUrl)),
                    kafkaPort,
                    postgresPort,
                    replicas,
                    connectors,
                    new DemoDevices(devices),
                    fresh,
                    !noDevice,
                    restart,
                    proxyPorts,
                    rolloutPort,
                    encrypted,
                    traces,
                    clockSkew,
                    Profile.parse(profile),
                    Development.parse(debug, without));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
