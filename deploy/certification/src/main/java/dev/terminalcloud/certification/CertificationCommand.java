package dev.terminalcloud.certification;

import java.util.List;
import picocli.CommandLine;

/** The command line of {@code deploy/certification/run}: certifies a device, or a POS with {@code --pos}. */
public final class CertificationCommand {
    static final String POS = "--pos";

    private CertificationCommand() {}

    public static void main(String[] arguments) {
        System.exit(of(arguments).execute(arguments));
    }

    /** Returns the command that these arguments are for. */
    static CommandLine of(String... arguments) {
        return new CommandLine(
                List.of(arguments).contains(POS) ? new PosCertificationCommand() : new DeviceCertificationCommand());
    }
}
