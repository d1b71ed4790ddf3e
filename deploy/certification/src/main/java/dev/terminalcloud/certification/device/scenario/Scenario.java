package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;

/** The check of one rule. It begins with a connected, paired and idle device, and does not need to leave it so. */
@FunctionalInterface
public interface Scenario {

    /**
     * Plays the scenario, and returns if the device conforms to the rule.
     *
     * @throws CheckFailedException if the device violates the rule
     * @throws CheckNotRunException if a precondition fails
     */
    void play(DeviceUnderTest bench) throws CheckFailedException, CheckNotRunException, InterruptedException;
}
