package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of the purchases that are measured beside an attack. */
final class HealthyRegistersOptions {
    @Option(
            names = "--registers",
            defaultValue = "8",
            description = "Number of registers that pay, each on a device of its own. Default: ${DEFAULT-VALUE}.")
    private int registers;

    @Option(
            names = "--per-second",
            defaultValue = "20",
            description = "Purchases of all registers per second. Default: ${DEFAULT-VALUE}.")
    private int perSecond;

    @Option(names = "--warm-up", defaultValue = "30", description = "Seconds to warm up. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    int registers() {
        return registers;
    }

    /** Connects and pairs the registers, and warms the system up. */
    HealthyRegisters open(SystemUnderTest cloud) throws IOException, InterruptedException {
        HealthyRegisters opened = new HealthyRegisters(cloud, registers, perSecond);
        if (warmUpSeconds > 0) {
            opened.pay(Duration.ofSeconds(warmUpSeconds));
        }
        return opened;
    }
}
