package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;

/** The check of one rule for a POS. */
@FunctionalInterface
public interface PosScenario {

    /**
     * Plays the scenario, and returns if the POS conforms to the rule.
     *
     * @throws CheckFailedException if the POS violates the rule
     * @throws CheckNotRunException if a precondition fails, or the POS does not use the feature that the rule is about
     */
    void play(PosUnderTest pos) throws CheckFailedException, CheckNotRunException, InterruptedException;
}
