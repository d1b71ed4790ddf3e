package dev.terminalcloud.virtualdevice.commandline;

import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.journal.FileJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code deploy/virtual-device/run}: prints what the device shows, and reads commands line by line. */
@Command(
        name = "virtual-device",
        mixinStandardHelpOptions = true,
        version = "1.0.0",
        sortOptions = false,
        description = {
            "Runs a payment device made of software. It connects to the cloud, shows pairing codes and payments,"
                    + " and prints receipts.",
            "While it runs it accepts commands, one a line; 'help' lists them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "2:invalid option, or the journal can't be used"})
public final class VirtualDeviceCommand implements Callable<Integer> {

    /** The values of {@code --ending}: by the amount, by typed commands, or a fixed ending. */
    enum EndingOption {
        amount,
        ask,
        approve,
        decline,
        cancel,
        fault,
        unavailable
    }

    @Spec
    private CommandSpec command;

    @Option(names = "--id", required = true, description = "Device id, 4 to 14 digits, for example 7000000001.")
    private String id;

    @Option(
            names = "--secret",
            required = true,
            description = "Secret of the device; demo-device-secret for the demo devices.")
    private String secret;

    @Option(
            names = "--url",
            defaultValue = "mqtt://localhost:1883",
            description = "Address of the cloud: mqtt://host:port, mqtts://, ws://host:port/device or wss://."
                    + " Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(names = "--pair", description = "Request a pairing code at once.")
    private boolean pair;

    @Option(names = "--journal", description = "File of the journal. Default: in memory.")
    private Path journal;

    @Option(
            names = "--ending",
            defaultValue = "amount",
            description =
                    "Ending of payments: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE} (its last two digits).")
    private EndingOption ending;

    @Option(
            names = "--surcharge",
            defaultValue = "0",
            description = "Cents added to each approved payment. Default: ${DEFAULT-VALUE}.")
    private long surcharge;

    @Option(
            names = "--tip",
            defaultValue = "0",
            description = "Cents of tip for each approved payment. Default: ${DEFAULT-VALUE}.")
    private long tip;

    @Option(
            names = "--payment-seconds",
            defaultValue = "2",
            description = "Seconds that the customer takes to pay. Default: ${DEFAULT-VALUE}.")
    private long paymentSeconds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new VirtualDeviceCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        try (VirtualDevice device = deviceOf(new Printer(out))) {
            device.start();
            if (pair) {
                device.requestPairingCode();
            }
            readCommands(new Keyboard(device, out));
        }
        return CommandLine.ExitCode.OK;
    }

    /** Creates the device; an invalid id or address and an unusable journal are errors of the command line. */
    private VirtualDevice deviceOf(Printer printer) {
        try {
            return device(printer);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private VirtualDevice device(Printer printer) {
        VirtualDeviceBuilder builder = VirtualDevice.builder()
                .id(id)
                .secret(secret)
                .cloud(url)
                .extras(new Extras(surcharge, tip))
                .timing(Timing.PROTOCOL.withPayment(Duration.ofSeconds(paymentSeconds)))
                .watcher(printer);
        if (journal != null) {
            builder.journal(FileJournal.open(journal));
        }
        return switch (ending) {
            case amount -> builder.build();
            case ask ->
                builder.behaviour(offer -> Behaviour.of(Ending.APPROVE).with(new NeverAnswer()))
                        .build();
            case approve -> builder.ending(Ending.APPROVE).build();
            case decline -> builder.ending(Ending.DECLINE).build();
            case cancel -> builder.ending(Ending.CANCEL).build();
            case fault -> builder.ending(Ending.FAULT).build();
            case unavailable -> builder.ending(Ending.UNAVAILABLE).build();
        };
    }

    /** Reads commands until {@code quit}; without input, as in the background, waits until the process is stopped. */
    private static void readCommands(Keyboard keyboard) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String line = lines.readLine();
        while (line != null) {
            if (!keyboard.typed(line)) {
                return;
            }
            line = lines.readLine();
        }
        new CountDownLatch(1).await();
    }
}
