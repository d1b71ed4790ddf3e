package dev.terminalcloud.certification.scenario;

import dev.terminalcloud.certification.operator.CheckNotRunException;

/** How one rule is checked. It begins with a connected, paired and idle device, and need not leave it so. */
@FunctionalInterface
public interface Scenario {

    /**
     * Returns when the rule was kept.
     *
     * @throws CheckFailedException when it was not
     * @throws CheckNotRunException when that can't be found out
     */
    void play(DeviceUnderTest bench) throws CheckFailedException, CheckNotRunException, InterruptedException;
}
