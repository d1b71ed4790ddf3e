package dev.terminalcloud.certification;

import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.pos.PosCertification;
import dev.terminalcloud.certification.pos.PosCheck;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.scenario.PosTimes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The certification of a POS. */
@Command(
        name = "deploy/certification/run --pos",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates gateway and device for one POS, and checks that the POS conforms to the POS API.",
            "Prints the tasks of the operator, asks what the POS shows, and writes a report."
        })
final class PosCertificationCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "8084",
            paramLabel = "PORT",
            description = "Port of the gateway; 0 for a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "URL of the gateway as the POS reaches it. Default: http://localhost and the port.")
    private String publicUrl;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CHECK",
            description = "Checks to run: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<PosCheck> only;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check();
        try (SimulatedGateway gateway = open()) {
            options.print(
                    "Configure the POS with the base URL%n  %s/POS%n%nA device is there, and shows pairing codes when they are"
                            + " needed.%n%n",
                    gateway.publicUrl());
            CertificationOperator console = options.console();
            PosTimes times = PosTimes.RULES.dividedBy(options.timeDivisor()).withOperator(options.operatorTimeout());
            List<CheckOutcome> outcomes =
                    new PosCertification(gateway, console, times).run(RunOptions.chosen(only, PosCheck.class));
            return options.finish(
                    PosCertification.report(gateway, Clock.systemUTC().instant(), outcomes, options.timeDivisor()));
        }
    }

    private SimulatedGateway open() {
        return options.open(() -> SimulatedGateway.open(options.host(), port, Optional.ofNullable(publicUrl)));
    }
}
