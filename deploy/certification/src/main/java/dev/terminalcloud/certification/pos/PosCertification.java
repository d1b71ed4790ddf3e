package dev.terminalcloud.certification.pos;

import dev.terminalcloud.certification.check.CertificationReport;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckRunner;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.scenario.PosSetup;
import dev.terminalcloud.certification.pos.scenario.PosTimes;
import dev.terminalcloud.certification.pos.scenario.PosUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Runs the checks on one POS, one after the other. */
public final class PosCertification {
    private final PosUnderTest pos;
    private final PosSetup setup;
    private final CheckRunner<PosCheck> runner;

    public PosCertification(SimulatedGateway gateway, CertificationOperator operator, PosTimes times) {
        this.pos = new PosUnderTest(gateway, operator, times);
        this.setup = new PosSetup(pos);
        this.runner = new CheckRunner<>(operator, this::play);
    }

    /** Runs these checks, and returns their outcomes in the order of the rules. */
    public List<CheckOutcome> run(Set<PosCheck> checks) throws InterruptedException {
        return runner.runAll(checks);
    }

    private void play(PosCheck check) throws CheckFailedException, CheckNotRunException, InterruptedException {
        switch (check.definition().when()) {
            case BEFORE_PAIRING, AT_THE_END -> setup.clear();
            case IN_TURN -> setup.restore();
        }
        check.definition().scenario().play(pos);
    }

    /** Returns the report about the POS. */
    public static CertificationReport report(
            SimulatedGateway gateway, Instant time, List<CheckOutcome> outcomes, int timeDivisor) {
        PosFacts facts = new PosFacts(gateway.log());
        return new CertificationReport(
                "POS", facts.name(), "POS API", time, facts.all(), outcomes, PosCheck.values().length, timeDivisor);
    }
}
