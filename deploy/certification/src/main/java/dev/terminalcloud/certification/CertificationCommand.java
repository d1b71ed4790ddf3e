package dev.terminalcloud.certification;

import picocli.CommandLine;

/** The command line of {@code deploy/certification/run}. */
public final class CertificationCommand {
    private CertificationCommand() {}

    public static void main(String[] arguments) {
        System.exit(of().execute(arguments));
    }

    static CommandLine of() {
        return new CommandLine(new DeviceCommand());
    }
}
