package dev.terminalcloud.transaction.servicelevel;

import dev.terminalcloud.transaction.TransactionConfiguration.ServiceLevelTargets;
import java.time.Duration;

/** A part of the way of a transaction that the service level measures: the parts that are the cloud's, without the customer's. */
public enum MeasuredPhase {
    /** From the intake until its device has it. One that expires before is not measured. */
    DELIVERY {
        @Override
        Duration target(ServiceLevelTargets targets) {
            return targets.delivery();
        }
    },
    /** From the arrival of the device's result at its connector until the transaction is completed. */
    ANSWER {
        @Override
        Duration target(ServiceLevelTargets targets) {
            return targets.answer();
        }
    };

    /** Returns the duration that 99 of 100 should not exceed. */
    abstract Duration target(ServiceLevelTargets targets);
}
