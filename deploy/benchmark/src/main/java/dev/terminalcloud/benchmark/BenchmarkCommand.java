package dev.terminalcloud.benchmark;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks, each a subcommand. */
@Command(
        name = "deploy/benchmark/run",
        mixinStandardHelpOptions = true,
        description = "Measures a running system.",
        subcommands = {
            PurchaseLatencyCommand.class,
            PollRateCommand.class,
            HeldRequestsCommand.class,
            IdleConnectionsCommand.class
        })
final class BenchmarkCommand {
    private BenchmarkCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand()).execute(arguments));
    }
}
