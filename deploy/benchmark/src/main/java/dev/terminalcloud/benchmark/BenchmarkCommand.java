package dev.terminalcloud.benchmark;

import dev.terminalcloud.benchmark.rate.RateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code deploy/benchmark/run}, with a subcommand for each benchmark. */
@Command(
        name = "deploy/benchmark/run",
        mixinStandardHelpOptions = true,
        description = "Measures a running system.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:a request or the measurement failed", "2:invalid option"},
        subcommands = {
            RateCommand.class,
            PurchaseLatencyCommand.class,
            PollRateCommand.class,
            HeldRequestsCommand.class,
            IdleConnectionsCommand.class,
            FloodCommand.class,
            AttackCommand.class
        })
final class BenchmarkCommand {
    private BenchmarkCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
