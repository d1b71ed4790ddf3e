package dev.terminalcloud.certification.script;

import dev.terminalcloud.certification.operator.NotRunException;

/** How one rule is checked. It begins with a connected, paired and idle device, and need not leave it so. */
@FunctionalInterface
public interface Scenario {

    /**
     * Returns when the rule was kept.
     *
     * @throws BrokenRuleException when it was not
     * @throws NotRunException when that can't be found out
     */
    void play(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException;
}
