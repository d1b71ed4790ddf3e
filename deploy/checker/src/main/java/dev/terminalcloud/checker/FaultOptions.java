package dev.terminalcloud.checker;

import dev.terminalcloud.checker.fault.Fault;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which faults are injected, and how often. */
final class FaultOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--faults",
            split = ",",
            defaultValue = "short",
            paramLabel = "FAULT",
            description =
                    "Faults to inject: names such as kill-kafka, or all, short, planned, disasters, none. Default: ${DEFAULT-VALUE}.")
    private List<String> faults;

    @Option(
            names = "--concurrent-faults",
            defaultValue = "1",
            paramLabel = "COUNT",
            description = "Maximum number of faults at the same time. Default: ${DEFAULT-VALUE}.")
    private int concurrentFaults;

    @Option(
            names = "--fault-interval",
            defaultValue = "3",
            paramLabel = "SECONDS",
            description = "Seconds between the recovery from a fault and the next one. Default: ${DEFAULT-VALUE}.")
    private int faultInterval;

    /** Returns the chosen faults; a name that does not exist ends the command. */
    List<Fault> chosen() {
        try {
            return Fault.named(faults);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Returns the maximum number of faults at the same time. */
    int concurrent() {
        return concurrentFaults;
    }

    /** Returns the time between the recovery from a fault and the next one. */
    Duration interval() {
        return Duration.ofSeconds(faultInterval);
    }
}
