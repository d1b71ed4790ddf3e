package dev.terminalcloud.benchmark;

import dev.terminalcloud.benchmark.attack.Attack;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of the effect of clients that attack on the purchases of registers. */
@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        description = "Measures purchases while clients attack, in one way after the other.")
final class AttackCommand implements Callable<Integer> {
    @Mixin
    private SystemUnderTest cloud;

    @Mixin
    private HealthyRegistersOptions options;

    @Option(
            names = "--attacks",
            split = ",",
            description = "Attacks to measure: ${COMPLETION-CANDIDATES}. Default: all but DEVICE_FLOOD.")
    private Attack[] attacks = Attack.allButFlood();

    @Option(
            names = "--clients",
            defaultValue = "4",
            description = "Number of clients that attack at the same time. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "Time to measure each attack, and none before each. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (HealthyRegisters registers = options.open(cloud)) {
            AttackComparison comparison = AttackComparison.start(
                    cloud, registers, seconds, spec.commandLine().getOut());
            for (Attack attack : attacks) {
                comparison.measure(attack.description(), attack, options.registers(), clients);
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
