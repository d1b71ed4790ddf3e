package dev.terminalcloud.certification.pos;

import dev.terminalcloud.certification.check.Check;
import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.scenario.PosTimes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A scripted POS and the suite, both with short times. */
final class CertifiedPos {
    private static final int TIME_DIVISOR = 40;
    static final PosTimes TIMES = PosTimes.RULES
            .dividedBy(TIME_DIVISOR)
            .withQuiet(Duration.ofMillis(600))
            .withReaction(Duration.ofSeconds(8))
            .withOperator(Duration.ofSeconds(8));

    private CertifiedPos() {}

    static List<CheckOutcome> outcomes(PosProfile profile, PosDefect defect) throws InterruptedException {
        return outcomes(profile, defect, TIMES);
    }

    static List<CheckOutcome> outcomes(PosProfile profile, PosDefect defect, PosTimes times)
            throws InterruptedException {
        try (SimulatedGateway gateway = SimulatedGateway.open("localhost", 0, Optional.empty());
                ScriptedPos pos = new ScriptedPos(gateway.publicUrl(), profile, defect)) {
            return new PosCertification(gateway, new ScriptedOperator(pos), times).run(EnumSet.allOf(PosCheck.class));
        }
    }

    static Set<Check> with(Result result, List<CheckOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.result() == result)
                .map(CheckOutcome::check)
                .collect(Collectors.toSet());
    }
}
