package dev.terminalcloud.benchmark;

import dev.terminalcloud.benchmark.attack.Attack;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of the effect of devices at full speed on the purchases on other devices. */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        description = "Measures purchases while none, one and more other devices send as fast as they can.")
final class FloodCommand implements Callable<Integer> {
    @Mixin
    private SystemUnderTest cloud;

    @Mixin
    private HealthyRegistersOptions options;

    @Option(
            names = "--floods",
            split = ",",
            defaultValue = "1,10",
            description = "Numbers of devices that send as fast as they can. Default: ${DEFAULT-VALUE}.")
    private List<Integer> floods;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Time to measure each number of them, and none before each. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--flood-warm-up",
            defaultValue = "10",
            description =
                    "Seconds of a flood before the first measurement, by the highest of these numbers of devices: "
                            + "a system that has just started compiles its programs. Default: ${DEFAULT-VALUE}.")
    private int floodWarmUp;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (HealthyRegisters registers = options.open(cloud)) {
            AttackComparison comparison = AttackComparison.start(
                    cloud, registers, seconds, spec.commandLine().getOut());
            int first = options.registers();
            if (floodWarmUp > 0) {
                int most = Collections.max(floods);
                comparison.warmUp(Attack.DEVICE_FLOOD, first, most, Duration.ofSeconds(floodWarmUp));
                first += most;
            }
            for (int devices : floods) {
                comparison.measure("devices that flood: " + devices, Attack.DEVICE_FLOOD, first, devices);
                first += devices;
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
